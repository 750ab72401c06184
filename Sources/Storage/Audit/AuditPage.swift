package import CivilTime
package import SQLite

extension AuditStore {
    /// The entries since an instant, the latest first, of acts that were done; read backward a page at a time.
    ///
    /// The audit has no index of times, which every entry would pay for. Its order is that of the clock but for the
    /// clock's own corrections: a page is read on while it holds an entry that is less than `slack` older.
    package static func forEach<Mode>(
        doneSince start: Instant,
        in db: borrowing Access<Mode>,
        _ body: (AuditRow) throws -> Bool
    ) throws {
        var last = Int64.max
        while true {
            let page = try db.all(pageStatement(before: last), listed)
            guard let oldest = page.last else { return }
            for row in page where row.stored.entry.at >= start && row.stored.entry.outcome == done {
                guard try body(row) else { return }
            }
            let latest = page.map(\.stored.entry.at).max() ?? start
            if latest < start.adding(seconds: -slack) { return }
            last = oldest.stored.sequence
        }
    }

    /// How an entry says that its act was carried out.
    private static let done = "done"
    /// One day: more than any correction of a clock that serves people; arbitrary.
    private static let slack: Int64 = 24 * 3600
    /// Entries read at a time; arbitrary.
    private static let pageSize = 500

    package static func pageStatement(before last: Int64) -> SQL {
        """
        SELECT \(listedColumns)
        FROM audit AS a LEFT JOIN episode AS e ON e.id = a.episode
        WHERE a.seq < \(last) ORDER BY a.seq DESC LIMIT \(pageSize)
        """
    }
}
