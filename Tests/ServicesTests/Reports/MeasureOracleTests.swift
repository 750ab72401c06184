import CaseloadOracle
import CivilTime
import CrisisCare
import Reports
import Services
import Testing

/// Every figure of the reports against a second, naive counting of the same files.
struct MeasureOracleTests {
    /// Ten small caseloads: finished years and half-finished ones, across ends of fiscal years, some of them messy.
    static let caseloads: [[String]] =
        (1...5).map { seed in
            [
                "--seed", "\(100 + seed)", "--episodes", "\(60 + 40 * seed)", "--children", "\(40 + 20 * seed)",
                "--from", "2024-0\(seed)-10", "--to", "2025-0\(seed)-20",
            ] + (seed.isMultiple(of: 2) ? ["--messy"] : [])
        }
        + (1...5).map { seed in
            [
                "--seed", "\(200 + seed)", "--episodes", "\(50 + 30 * seed)", "--children", "\(30 + 20 * seed)",
                "--from", "2026-0\(seed + 3)-25", "--to", "2026-11-20", "--as-of", "2026-11-20T09:00",
            ] + (seed.isMultiple(of: 2) ? ["--messy"] : [])
        }

    @Test(arguments: caseloads)
    func `every figure is what the files say, now and at an earlier instant`(arguments: [String]) throws {
        let caseload = try ImportedCaseload.of(arguments)
        let session = try caseload.open()
        var generator = SeededGenerator(seed: 17)
        let earlier = InstantSample.of(caseload, seed: 17, rounds: 1)
        let instants = [caseload.now, generator.one(of: earlier)]
        let periods: [ReportPeriod] = [
            .fiscalYear(2025), .fiscalYear(2027), .quarter(1, ofFiscalYear: 2025), .quarter(4, ofFiscalYear: 2026),
            .month(MonthNumber(year: 2026, month: 10)),
            .dates(
                from: try #require(CivilDate(year: 2024, month: 5, day: 3)),
                to: try #require(CivilDate(year: 2025, month: 2, day: 14))
            ),
        ]
        let groupings: [ReportGrouping?] = [nil] + ReportGrouping.allCases
        for instant in instants {
            for (index, period) in periods.enumerated() {
                var request = ReportRequest(period)
                request.grouping = groupings[(index + arguments.count) % groupings.count]
                let comment = "\(arguments.joined(separator: " ")), as of \(caseload.zone.rfc3339(instant))"
                try expectSameFigures(session, caseload.naive, request, asOf: instant, comment)
            }
        }
    }

    @Test(arguments: ReportGrouping.allCases)
    func `groups of every kind are what the files say`(grouping: ReportGrouping) throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        var request = ReportRequest(.fiscalYear(2027))
        request.grouping = grouping
        try expectSameFigures(caseload.open(), caseload.naive, request, asOf: caseload.now, grouping.rawValue)
    }

    @Test func `the published year comes out of its episodes`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.year)
        let report = try caseload.open().measureReport(ReportRequest(.fiscalYear(2022)))
        let figures = report.figuresByName(of: report.periods[0])
        func tenths(_ name: String) -> Int? { figures[name]?.tenths }
        #expect(tenths("episodes//all") == 133_280)
        #expect(tenths("children//all") == 100_900)
        #expect(tenths("mobility//all") == 921)
        #expect(tenths("response-in-time//all") == 792)
        #expect(tenths("referral-source/school/all") == 440)
        #expect(tenths("sex/female/all") == 530)
        #expect(tenths("sex/male/all") == 470)
        for (id, isMet) in [("mobility", true), ("response-in-time", false)] {
            let index = try #require(report.measures.firstIndex { $0.id == id })
            let measure = report.measures[index]
            let table = report.periods[0]
            #expect(table.meetsBenchmark(table.figure(index, measure), measure) == isMet, "\(id)")
        }
        // And every other figure of that year.
        try expectSameFigures(
            caseload.open(),
            caseload.naive,
            ReportRequest(.fiscalYear(2022)),
            asOf: caseload.now,
            "the published year"
        )
    }

    @Test func `a year with other rates gives those`() throws {
        let arguments = [
            "--seed", "9", "--episodes", "500", "--children", "400", "--mobile", "81", "--within", "90.5", "--school",
            "25", "--female", "40", "--from", "2022-07-01", "--to", "2023-06-30",
        ]
        let caseload = try ImportedCaseload.of(arguments)
        let report = try caseload.open().measureReport(ReportRequest(.fiscalYear(2023)))
        let figures = report.figuresByName(of: report.periods[0])
        #expect(figures["mobility//all"]?.tenths == 810)
        #expect(figures["response-in-time//all"]?.tenths.map { abs($0 - 905) <= 2 } == true)
        #expect(figures["referral-source/school/all"]?.tenths == 250)
        #expect(figures["sex/female/all"]?.tenths == 400)
    }
}
