package import CivilTime
package import CrisisCare
package import SQLite

/// An audit entry as it is stored.
package struct StoredAuditEntry: Sendable {
    package var sequence: Int64
    package var entry: AuditEntry
    package var hash: [UInt8]
}

package enum AuditStore {
    /// Every entry in its order.
    package static func forEach<Mode>(
        in db: borrowing Access<Mode>,
        _ body: (StoredAuditEntry) throws -> Void
    ) throws {
        try db.forEach("SELECT \(columns) FROM audit AS a ORDER BY a.seq") { row in
            try body(try stored(row))
        }
    }

    /// The columns from which `stored` reads an entry, of the table as `a`.
    static let columns: SQL = """
        a.seq, a.at, a.command, a.actor, a.login, a.os_user, a.action, a.outcome, a.episode, a.record, a.detail,
            a.program_version, a.hash
        """

    /// The number of the first column behind those of an entry.
    static let columnsEnd = 13

    /// An entry from the first columns of a row.
    static func stored(_ row: borrowing Statement) throws -> StoredAuditEntry {
        StoredAuditEntry(
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
            hash: try row.blob(12)
        )
    }
}

extension AuditStore {
    /// What was changed of one record by one kind of command, in order; a search through the whole audit.
    package static func details<Mode>(
        of record: Int64,
        action: String,
        in db: borrowing Access<Mode>
    ) throws -> [String] {
        try db.all(
            """
            SELECT detail FROM audit
            WHERE record = \(record) AND action = \(action) AND outcome = 'done' AND detail <> ''
            ORDER BY seq
            """
        ) { try $0.text(0) }
    }

    /// What was changed of one case by one kind of command after an instant, the latest first.
    package static func details<Mode>(
        of episode: EpisodeID,
        action: String,
        after instant: Instant,
        in db: borrowing Access<Mode>
    ) throws -> [String] {
        try db.all(
            """
            SELECT detail FROM audit
            WHERE episode = \(episode) AND action = \(action) AND at > \(instant) AND outcome = 'done' AND detail <> ''
            ORDER BY seq DESC
            """
        ) { try $0.text(0) }
    }

    /// What was changed of one case, in order.
    package static func details<Mode>(of episode: EpisodeID, in db: borrowing Access<Mode>) throws -> [String] {
        try db.all(
            "SELECT detail FROM audit WHERE episode = \(episode) AND outcome = 'done' AND detail <> '' ORDER BY seq"
        ) { try $0.text(0) }
    }
}
