internal import CivilTime
internal import CrisisCare

/// Counts every measure for each stretch of days and each group, in one pass over the episodes.
///
/// The stretches are the pieces into which the wanted periods cut the calendar, so that an episode is counted once
/// and a period's figures are the sums of its stretches.
struct MeasureCollector: Sendable {
    /// What is counted: all figures of a report together, or one measure.
    let measures: [Measure]
    /// The periods that are divided by the grouping.
    private let grouped: [ReportPeriod]
    private let grouping: ReportGrouping?
    /// The first day of each stretch.
    private let starts: [CivilDate]
    /// Where a stretch's group is counted: the first of its tallies.
    private var places: [[Int64: Int]]
    /// By place, then by measure.
    private var tallies: [Tally] = []
    private let empty: [Tally]

    init(_ measures: [Measure], grouped: [ReportPeriod], others: [ReportPeriod] = [], by grouping: ReportGrouping?) {
        self.measures = measures
        self.grouped = grouped
        self.grouping = grouping
        let edges = (grouped + others).flatMap { [$0.from, $0.to.adding(days: 1)] }
        starts = Set(edges).sorted()
        empty = measures.map { Tally(for: $0) }
        places = Array(repeating: [:], count: starts.count)
    }

    mutating func add(_ facts: borrowing EpisodeFacts) {
        guard let stretch = starts.lastIndex(where: { $0 <= facts.callDay }) else { return }
        var key: Int64 = 0
        let day = facts.callDay
        if let grouping, let period = grouped.first(where: { $0.contains(day) }) {
            key = grouping.key(of: facts, in: period)
        }
        let place = place(of: key, in: stretch)
        for index in measures.indices { measures[index].observe(facts, &tallies[place + index]) }
    }

    private mutating func place(of key: Int64, in stretch: Int) -> Int {
        if let place = places[stretch][key] { return place }
        let place = tallies.count
        tallies += empty
        places[stretch][key] = place
        return place
    }

    /// Puts the clients that were counted in order, so that figures are made quickly of several collectors.
    mutating func sortClients() {
        for index in tallies.indices { tallies[index].sortClients() }
    }

    /// Adds what another one of the same measures, periods and groups has counted.
    mutating func merge(_ other: MeasureCollector) {
        for stretch in other.places.indices {
            for (key, theirs) in other.places[stretch] {
                let mine = place(of: key, in: stretch)
                for index in measures.indices { tallies[mine + index].merge(other.tallies[theirs + index]) }
            }
        }
    }

    /// The groups that a period has episodes of.
    func groups(of period: ReportPeriod) -> Set<Int64> {
        var keys: Set<Int64> = []
        for stretch in starts.indices where period.contains(starts[stretch]) { keys.formUnion(places[stretch].keys) }
        return keys
    }

    /// The figures of a period, of all groups together and of each. Clients who count once make the sum of the groups
    /// larger than the whole.
    ///
    /// One measure after the other, so that the clients of one alone are in memory twice.
    func figures(of period: ReportPeriod) -> (total: [Tally], groups: [Int64: [Tally]]) {
        let stretches = starts.indices.filter { period.contains(starts[$0]) }
        let keys = grouping == nil ? [] : groups(of: period)
        var total = empty
        var groups = Dictionary(uniqueKeysWithValues: keys.map { ($0, empty) })
        for index in measures.indices {
            for stretch in stretches {
                for place in places[stretch].values { total[index].merge(tallies[place + index]) }
            }
            total[index].settle()
            for key in keys {
                var tally = empty[index]
                for place in stretches.compactMap({ places[$0][key] }) { tally.merge(tallies[place + index]) }
                tally.settle()
                groups[key]?[index] = tally
            }
        }
        return (total, groups)
    }
}
