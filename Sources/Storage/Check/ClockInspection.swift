package import CivilTime
package import SQLite

/// What the audit, whose order is that of the entries whatever the clock said, tells of the clock.
package enum ClockInspection {
    /// Seconds by which clocks of good machines differ or are corrected; arbitrary.
    private static let slack: Int64 = 300

    /// How many entries are dated after `now`, and when the last of them is; nil when there is none.
    package static func ahead<Mode>(of now: Instant, in db: borrowing Access<Mode>) throws -> (Int, Instant)? {
        let found = try db.first("SELECT count(*), max(at) FROM audit WHERE at > \(now.seconds + slack)") {
            (try $0.int(0), try $0.optionalInstant(1))
        }
        guard let found, let last = found.1 else { return nil }
        return (found.0, last)
    }

    /// Whether an entry is dated before the one in front of it.
    package static func wasSetBack<Mode>(in db: borrowing Access<Mode>) throws -> Bool {
        try db.first(
            """
            SELECT 1 FROM (SELECT at - lag(at) OVER (ORDER BY seq) AS step FROM audit)
            WHERE step < \(-slack) LIMIT 1
            """
        ) { try $0.int(0) } != nil
    }
}
