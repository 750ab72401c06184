package import CivilTime
package import CrisisCare
package import SQLite

/// The episodes of a period whose keys lie in a range. The shares of a period have none in common, and together all:
/// several readers count them, each what it takes.
package struct PeriodShare: Sendable {
    /// The first instant of the calls, and the one with which they end.
    package let first: Instant
    package let end: Instant
    package let low: EpisodeID
    package let high: EpisodeID

    /// Shares of about the same size. A period of few episodes has one.
    ///
    /// Keys follow the entry, not the call: they are taken from episodes evenly spaced over the period.
    package static func all<Mode>(
        calledFrom first: Instant,
        before end: Instant,
        in db: borrowing Access<Mode>
    ) throws -> [PeriodShare] {
        guard let extent = try extent(calledFrom: first, before: end, in: db) else { return [] }
        let count = min(largestCount, max(1, extent.count / fewest))
        let step = max(1, end.seconds(since: first) / Int64(count))
        var starts: Set<EpisodeID> = [extent.low]
        for index in 1..<max(1, count) {
            let sample = try db.first(
                """
                SELECT id FROM episode WHERE call_received_at >= \(first.adding(seconds: step * Int64(index)))
                    AND call_received_at < \(end)
                ORDER BY call_received_at, case_order LIMIT 1
                """
            ) { row -> EpisodeID in try row.id(0) }
            if let sample { starts.insert(sample) }
        }
        let sorted = starts.sorted()
        return sorted.indices.map { index in
            let high = index + 1 < sorted.count ? EpisodeID(sorted[index + 1].value - 1) : extent.high
            return PeriodShare(first: first, end: end, low: sorted[index], high: high)
        }
    }

    /// Episodes below which a share is not worth a reader, and the shares of a long period; both arbitrary.
    private static let fewest = 4_000
    private static let largestCount = 32

    /// The lowest and the highest key of a period's episodes, voided ones too, which the index alone can tell.
    private static func extent<Mode>(
        calledFrom first: Instant,
        before end: Instant,
        in db: borrowing Access<Mode>
    ) throws -> (low: EpisodeID, high: EpisodeID, count: Int)? {
        let keys: (EpisodeID?, EpisodeID?, Int)? = try db.first(
            """
            SELECT min(id), max(id), count(*) FROM episode
            WHERE call_received_at >= \(first) AND call_received_at < \(end)
            """
        ) { (try $0.optionalID(0), try $0.optionalID(1), try $0.int(2)) }
        guard case (let low?, let high?, let count)? = keys else { return nil }
        return (low, high, count)
    }
}
