package import CrisisCare
package import SQLite

extension AuditStore {
    /// What was done at a case, in order: the action and its detail.
    package static func forEachDone<Mode>(
        at episode: EpisodeID,
        in db: borrowing Access<Mode>,
        _ body: (_ action: String, _ detail: String) throws -> Void
    ) throws {
        try db.forEach(
            "SELECT action, detail FROM audit WHERE episode = \(episode) AND outcome = 'done' ORDER BY seq"
        ) { row in
            try body(try row.text(0), try row.text(1))
        }
    }

    /// What was done to a record that belongs to no case, such as a person of the staff, in order.
    package static func forEachDone<Mode>(
        to record: Int64,
        in db: borrowing Access<Mode>,
        _ body: (_ action: String, _ detail: String) throws -> Void
    ) throws {
        try db.forEach(
            """
            SELECT action, detail FROM audit
            WHERE episode IS NULL AND record = \(record) AND outcome = 'done' ORDER BY seq
            """
        ) { row in
            try body(try row.text(0), try row.text(1))
        }
    }
}
