package import CivilTime
package import CrisisCare
package import SQLite

/// An audit entry with the case that it is about.
package struct ListedAuditEntry: Sendable {
    package var sequence: Int64
    package var entry: AuditEntry
    package var caseNumber: CaseNumber?
    package var site: SiteID?
}

extension AuditStore {
    /// The entries since an instant, the latest first, of acts that were done; read backward a page at a time.
    ///
    /// The audit has no index of times, which every entry would pay for. Its order is that of the clock but for the
    /// clock's own corrections: a page is read on while it holds an entry that is less than `slack` older.
    package static func forEach<Mode>(
        doneSince start: Instant,
        in db: borrowing Access<Mode>,
        _ body: (ListedAuditEntry) throws -> Bool
    ) throws {
        var last = Int64.max
        while true {
            let page = try db.all(pageStatement(before: last), listed)
            guard let oldest = page.last else { return }
            for row in page where row.entry.at >= start && row.entry.outcome == done {
                guard try body(row) else { return }
            }
            let latest = page.map(\.entry.at).max() ?? start
            if latest < start.adding(seconds: -slack) { return }
            last = oldest.sequence
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
        SELECT a.seq, a.at, a.command, a.actor, a.login, a.os_user, a.action, a.outcome, a.episode, a.record, a.detail,
            a.program_version, e.case_order, e.site
        FROM audit AS a LEFT JOIN episode AS e ON e.id = a.episode
        WHERE a.seq < \(last) ORDER BY a.seq DESC LIMIT \(pageSize)
        """
    }

    private static func listed(_ row: borrowing Statement) throws -> ListedAuditEntry {
        ListedAuditEntry(
            sequence: try row.int64(0),
            entry: AuditEntry(
                at: try row.instant(1),
                command: try row.optionalInt64(2),
                actor: try row.optionalID(3),
                login: try row.text(4),
                osUser: try row.text(5),
                action: try row.text(6),
                outcome: try row.text(7),
                episode: try row.optionalID(8),
                record: try row.optionalInt64(9),
                detail: try row.text(10),
                programVersion: try row.text(11)
            ),
            caseNumber: try row.optionalInt64(12).map(CaseNumber.init(order:)),
            site: try row.optionalID(13)
        )
    }
}
