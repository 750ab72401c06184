import CaseloadOracle
import CivilTime
import CrisisCare
import Services
import Testing

@testable import Reports

/// Hidden counts, attacked by whoever can calculate.
struct SuppressionTests {
    /// A table of groups by categories with its margins, and a share whose late part lies in two bands.
    private func randomGrid(_ generator: inout SeededGenerator, groups: Int) -> CountGrid {
        let parts = Int.random(in: 2...4, using: &generator)
        // Columns: whole, parts, then a share of the first part and its rest.
        var rows = (0..<groups).map { _ in
            let counts = (0..<parts).map { _ in
                Int.random(in: 0...3, using: &generator) == 0
                    ? Int.random(in: 0...4, using: &generator) : Int.random(in: 0...40, using: &generator)
            }
            let share = Int.random(in: 0...counts[0], using: &generator)
            return [counts.reduce(0, +)] + counts + [share, counts[0] - share]
        }
        if groups == 0 {
            let counts = (0..<parts).map { _ in Int.random(in: 0...20, using: &generator) }
            let share = Int.random(in: 0...counts[0], using: &generator)
            rows = [[counts.reduce(0, +)] + counts + [share, counts[0] - share]]
        } else {
            rows.append(rows[0].indices.map { column in rows.reduce(0) { $0 + $1[column] } })
        }
        return CountGrid(
            counts: rows,
            sums: [.init(whole: 0, parts: Array(1...parts)), .init(whole: 1, parts: [parts + 1, parts + 2])]
        )
    }

    @Test(arguments: 1...120) func `no hidden count can be computed from what is shown`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let limit = Int.random(in: 3...11, using: &generator)
        let grid = randomGrid(&generator, groups: [0, 2, 3, 4][seed % 4])
        let hidden = Suppressor(grid, below: limit).hidden
        for (row, counts) in grid.counts.enumerated() {
            for (column, count) in counts.enumerated() where (1..<limit).contains(count) {
                #expect(hidden[row].contains(column), "seed \(seed): \(count) is shown, below \(limit)")
            }
        }
        let values = SuppressionAttacker(grid: grid, hidden: hidden).undecided()
        for row in grid.counts.indices {
            // A zero may be computed: zeros are shown elsewhere.
            for (column, possible) in values[row] where grid.counts[row][column] > 0 {
                #expect(
                    possible.count > 1,
                    "seed \(seed), limit \(limit), row \(row), column \(column): \(grid.counts), hidden \(hidden)"
                )
            }
        }
    }

    @Test func `the attacker finds what simple hiding gives away`() {
        // One small count hidden alone follows from its sum; two small ones in one row follow from their columns.
        let grid = CountGrid(
            counts: [[30, 5, 25], [40, 20, 20], [70, 25, 45]],
            sums: [.init(whole: 0, parts: [1, 2])]
        )
        let alone = SuppressionAttacker(grid: grid, hidden: [[1], [], []]).undecided()
        #expect(alone[0][1] == [5])
        let row = SuppressionAttacker(grid: grid, hidden: [[1, 2], [], []]).undecided()
        #expect(row[0][1] == [5])
        let square = SuppressionAttacker(grid: grid, hidden: [[1, 2], [1, 2], []]).undecided()
        #expect(square[0][1]?.count == 2)
    }

    @Test func `nothing small, nothing hidden`() {
        let grid = CountGrid(
            counts: [[30, 12, 18, 0], [40, 20, 20, 0], [70, 32, 38, 0]],
            sums: [.init(whole: 0, parts: [1, 2, 3])]
        )
        let hidden = Suppressor(grid, below: 11).hidden
        #expect(hidden == [[], [], []])
    }

    @Test(arguments: [10, 11]) func `the limit itself is shown, one less is not`(count: Int) {
        let grid = CountGrid(counts: [[60, count, 60 - count]], sums: [.init(whole: 0, parts: [1, 2])])
        #expect(Suppressor(grid, below: 11).hidden[0].contains(1) == (count == 10))
    }

    @Test(.timeLimit(.minutes(5)), arguments: [ReportGrouping?.none, .site, .month])
    func `no hidden count of a whole report follows from its sums`(grouping: ReportGrouping?) throws {
        for (arguments, limit) in [(MeasureOracleTests.caseloads[1], 4), (ImportedCaseload.smallInFlight, 11)] {
            let caseload = try ImportedCaseload.of(arguments)
            var request = ReportRequest(limit == 4 ? .fiscalYear(2024) : .fiscalYear(2027))
            request.grouping = grouping
            let report = try caseload.open().measureReport(request)
            let columns = report.periods[0].countColumns(report.measures)
            let grid = columns.grid(rows: report.periods[0].names.count + 1)
            let hidden = Suppressor(grid, below: limit, known: columns.known).hidden
            #expect(hidden.contains { !$0.isEmpty })
            let attacker = SuppressionAttacker(grid: grid, hidden: hidden)
            for (row, column) in attacker.pinned() {
                Issue.record("row \(row) column \(column): \(columns.numbers[column]) = \(grid.counts[row][column])")
            }
            // Hiding nothing but what is small would not do.
            let naive = grid.counts.map { row in
                Set(row.indices.filter { !columns.known.contains($0) && (1..<limit).contains(row[$0]) })
            }
            #expect(!SuppressionAttacker(grid: grid, hidden: naive).pinned().isEmpty)
        }
    }

    @Test(arguments: [ReportGrouping?.none, .site])
    func `a real report hides small counts, and its shares with them`(grouping: ReportGrouping?) throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.messy)
        var request = ReportRequest(.fiscalYear(2022))
        request.grouping = grouping
        let open = try caseload.open().measureReport(request)
        request.suppressBelow = 11
        let report = try caseload.open().measureReport(request)
        #expect(report.quarters.isEmpty)
        var hidden = 0
        for (before, after) in zip(open.listing.rows, report.listing.rows) {
            #expect(Array(before[0...3]) == Array(after[0...3]))
            let isHidden = after[10] == .bool(true)
            if isHidden {
                hidden += 1
                #expect(after[6] == .null && after[4] == .null)
                continue
            }
            #expect(Array(before[4...9]) == Array(after[4...9]))
            // Neither a count nor what is left of a share is small.
            let numerator = after[4].number ?? 0
            #expect(!(1...10).contains(numerator), "\(after)")
            if let whole = after[5].number {
                #expect(!(1...10).contains(whole), "\(after)")
                if after[1] == .null, after[7] == .code("share") { #expect(!(1...10).contains(whole - numerator)) }
            }
        }
        #expect(hidden > 0)
        // Something is left to read.
        #expect(hidden < report.listing.rows.count * 9 / 10, "\(hidden) of \(report.listing.rows.count)")
    }
}
