package import CivilTime
package import SQLite

/// A part of a period, by the times of its calls: one reader's piece of work. The shares of a period follow each other.
package struct SummaryShare: Sendable {
    /// The first instant of the calls, and the one with which they end.
    package let first: Instant
    package let end: Instant

    package init(first: Instant, end: Instant) {
        self.first = first
        self.end = end
    }

    /// Episodes of a share; arbitrary. Fewer begin more statements, more keep the other reader waiting at the end.
    package static let length = 4096

    /// Shares of so many episodes each, voided ones counted; calls of the same instant stay together.
    package static func all<Mode>(
        of whole: SummaryShare,
        length: Int = length,
        in db: borrowing Access<Mode>
    ) throws -> [SummaryShare] {
        var shares: [SummaryShare] = []
        var start = whole.first
        while let next = try call(length, after: start, before: whole.end, in: db) {
            shares.append(SummaryShare(first: start, end: next))
            start = next
        }
        shares.append(SummaryShare(first: start, end: whole.end))
        return shares
    }

    /// The call that so many others come before, counted from an instant; the next later one where it is of that
    /// instant.
    private static func call<Mode>(
        _ count: Int,
        after start: Instant,
        before end: Instant,
        in db: borrowing Access<Mode>
    ) throws -> Instant? {
        // The end is looked at once: to compare each call with it would cost as much again.
        let found = try db.first(
            """
            SELECT call_received_at FROM episode WHERE call_received_at >= \(start)
            ORDER BY call_received_at LIMIT 1 OFFSET \(count)
            """
        ) { try $0.instant(0) }
        guard let found, found < end else { return nil }
        guard found == start else { return found }
        return try db.first(
            """
            SELECT call_received_at FROM episode WHERE call_received_at > \(start) AND call_received_at < \(end)
            ORDER BY call_received_at LIMIT 1
            """
        ) { try $0.instant(0) }
    }
}
