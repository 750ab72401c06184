package import CivilTime
internal import CrisisCare
package import Services
internal import Storage

/// The cases behind a figure, each with what it counts: they add up to the numerator and the denominator printed.
package struct MeasureCells: Sendable {
    package let listing: Listing
    /// Whether the figure also counts cases that the person may not see.
    package let isPartial: Bool
}

extension Session {
    /// The cases of one measure in a period.
    ///
    /// A client who counts once is counted at the first of the client's calls in the period, or in the group.
    package borrowing func measureCells(
        _ measure: Measure,
        in period: ReportPeriod,
        by grouping: ReportGrouping?,
        asOf: Instant?
    ) throws -> MeasureCells {
        try read("report cells", needing: .readCases) { db in
            let context = try RuleContext(now: now, zone: zone, in: db)
            let scope = actor.scope(of: .readCases)
            let scan = try MeasureScan(asOf: asOf ?? now, at: scope, context, in: db)
            var cases: [CountedCase] = []
            for share in try scan.shares(from: period.from, to: period.to, in: db) {
                try scan.forEach(of: share, in: db) { facts in
                    var tally = Tally(for: measure)
                    measure.observe(facts, &tally)
                    let key = grouping?.key(of: facts, in: period) ?? 0
                    cases += CountedCase.of(tally, facts, measure, group: key)
                }
            }
            CountedCase.countClientsOnce(&cases)
            cases.sort { ($0.number, $0.category, $0.tenths ?? 0) < ($1.number, $1.category, $1.tenths ?? 0) }
            let names = measure.names(clinicians: scan.clinicians.map(\.login), context.directory)
            let rows = cases.map { counted in
                counted.cells(
                    names,
                    group: grouping?.name(of: counted.group, in: period, context.directory)
                )
            }
            return MeasureCells(
                listing: Listing(columns: CountedCase.columns, rows: rows),
                isPartial: actor.scope(of: .readFigures) != scope
            )
        }
    }
}

/// What one case counts in a category of a measure.
private struct CountedCase {
    let number: CaseNumber
    let call: Instant
    let group: Int64
    let category: Int
    var numerator: Int?
    var denominator: Int
    /// The value of which the median is taken.
    var tenths: Int?
    /// The client, where clients are counted.
    var person: Int64?

    static let columns = [
        Column("case_number", "Case"), Column("group", "Group"), Column("category", "Category"),
        Column("numerator", "Numerator", .trailing), Column("denominator", "Denominator", .trailing),
        Column("value", "Value", .trailing),
    ]

    static func of(_ tally: Tally, _ facts: borrowing EpisodeFacts, _ measure: Measure, group: Int64) -> [CountedCase] {
        let number = facts.row.caseNumber
        let call = facts.row.callReceivedAt
        func counted(_ category: Int, _ numerator: Int?, _ denominator: Int) -> CountedCase {
            CountedCase(
                number: number,
                call: call,
                group: group,
                category: category,
                numerator: numerator,
                denominator: denominator
            )
        }
        if measure.isDistribution {
            return tally.distribution.values.map { value in
                var result = counted(0, nil, 1)
                result.tenths = Rounding.tenths(value, over: tally.distribution.step)
                return result
            }
        }
        let people = tally.clients.map { person in
            var result = counted(person.category, 1, measure.hasCategories ? 1 : 0)
            result.person = person.client
            return result
        }
        if !people.isEmpty { return people }
        guard measure.hasCategories else {
            let numerator = tally.numerator()
            return numerator == 0 && tally.denominator == 0 ? [] : [counted(0, numerator, tally.denominator)]
        }
        // Each count of a category is one of those that the shares are shares of.
        return tally.numerators.indices.filter { tally.numerators[$0] > 0 }.map { category in
            counted(category, tally.numerators[category], tally.numerators[category])
        }
    }

    static func countClientsOnce(_ cases: inout [CountedCase]) {
        cases.sort { ($0.call, $0.number) < ($1.call, $1.number) }
        var seen: Set<[Int64]> = []
        for index in cases.indices {
            guard let person = cases[index].person else { continue }
            if !seen.insert([person, cases[index].group]).inserted {
                cases[index].numerator = 0
                cases[index].denominator = 0
            }
        }
    }

    func cells(_ names: [String], group: String?) -> [Cell] {
        [
            .code(number.description), .ifPresent(group, Cell.text),
            names.isEmpty ? .null : .text(names[category]), .ifPresent(numerator, Cell.int), .int(denominator),
            .ifPresent(tenths, Cell.tenths),
        ]
    }
}
