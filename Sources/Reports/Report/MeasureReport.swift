package import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

/// What a report is asked for.
package struct ReportRequest: Sendable {
    package var period: ReportPeriod
    package var grouping: ReportGrouping?
    /// `nil` is now.
    package var asOf: Instant?
    /// Counts from 1 to one less than this are hidden, and what would give them away; `nil` hides nothing.
    package var suppressBelow: Int?
    /// Whether the quarters of two years are counted too, which a table does not show.
    package var hasTrend = true

    package init(_ period: ReportPeriod) {
        self.period = period
    }
}

/// The figures of a period and the one before it, all together and by group.
package struct MeasureReport: Sendable {
    package let agency: String
    package let zone: Zone
    package let asOf: Instant
    package let suppressBelow: Int?
    package let grouping: ReportGrouping?
    package let measures: [Measure]
    /// The period, then the one before it.
    package let periods: [FigureTable]
    /// The quarters up to the period's last; empty when they were not asked for, and when small counts are hidden,
    /// which could be computed from them.
    package let quarters: [FigureTable]
    /// The names of each measure's categories.
    package let categories: [[String]]

    /// Quarters of the trend: two years.
    private static let trendLength = 8

    static func read(
        _ request: ReportRequest,
        agency: String,
        asOf: Instant,
        zone: Zone,
        clinicians: [String],
        _ directory: Directory,
        count: (MeasureCollector, _ from: CivilDate, _ to: CivilDate) throws -> MeasureCollector
    ) throws -> MeasureReport {
        let periods = [request.period, request.period.prior]
        let hasTrend = request.hasTrend && request.suppressBelow == nil
        let quarters = hasTrend ? request.period.quarters(trendLength) : []
        let days = (periods + quarters).flatMap { [$0.from, $0.to] }.sorted()
        let collector = try count(
            MeasureCollector(Measure.all, grouped: periods, others: quarters, by: request.grouping),
            days[0],
            days[days.count - 1]
        )
        let keys = keys(of: request.grouping, periods, collector, directory)
        var tables = periods.map { period in
            FigureTable(period, collector, request.grouping, keys, directory)
        }
        if let limit = request.suppressBelow {
            for index in tables.indices { tables[index].suppress(Measure.all, below: limit) }
        }
        return MeasureReport(
            agency: agency,
            zone: zone,
            asOf: asOf,
            suppressBelow: request.suppressBelow,
            grouping: request.grouping,
            measures: Measure.all,
            periods: tables,
            quarters: quarters.map { FigureTable($0, collector, nil, [], directory) },
            categories: Measure.all.map { $0.names(clinicians: clinicians, directory) }
        )
    }

    /// The groups of either period in the order of their names; months in their own.
    private static func keys(
        of grouping: ReportGrouping?,
        _ periods: [ReportPeriod],
        _ collector: MeasureCollector,
        _ directory: Directory
    ) -> [Int64] {
        guard let grouping else { return [] }
        var keys = Set(grouping.keysWithoutEpisodes(in: periods[0]))
        for period in periods { keys.formUnion(collector.groups(of: period)) }
        return keys.map { (name: grouping.name(of: $0, in: periods[0], directory), key: $0) }
            .sorted { ($0.name, $0.key) < ($1.name, $1.key) }
            .map(\.key)
    }
}

extension Measure {
    /// The names of its categories by number; empty for a measure without.
    func names(clinicians: [String], _ directory: Directory) -> [String] {
        switch categories {
        case .none: []
        case .words(let words): words
        case .clinicians: clinicians
        case .codes(let list): directory.codes.names(of: list)
        }
    }
}

extension CodeBook {
    /// The texts of a list by their number in it, retired codes included; a number that is not used has none.
    func names(of list: CodeList) -> [String] {
        let first = Int64(list.rawValue) * 1000
        let names = (0..<1000).map { text(CodeID(first + $0)) ?? "" }
        return Array(names.prefix((names.lastIndex { !$0.isEmpty } ?? -1) + 1))
    }
}
