package import CivilTime
package import CrisisCare
package import SQLite

package enum DispositionReturn {}

/// What a call center was told last about a call that it transferred.
package struct ReturnedDisposition: Hashable, Sendable {
    package var disposition: String
    package var returnedAt: Instant
    /// Whether nothing has changed since that it would have to be told.
    package var isCurrent: Bool

    package init(disposition: String, returnedAt: Instant, isCurrent: Bool) {
        self.disposition = disposition
        self.returnedAt = returnedAt
        self.isCurrent = isCurrent
    }
}

package enum DispositionStore {
    /// What was told last about an episode; `nil` when nothing was.
    package static func last<Mode>(of id: EpisodeID, in db: borrowing Access<Mode>) throws -> ReturnedDisposition? {
        try db.first(
            """
            SELECT r.disposition, r.returned_at, e.disposition_returned_at IS NOT NULL
            FROM disposition_return AS r JOIN episode AS e ON e.id = r.episode
            WHERE r.episode = \(id) ORDER BY r.id DESC LIMIT 1
            """
        ) { row in
            ReturnedDisposition(
                disposition: try row.text(0),
                returnedAt: try row.instant(1),
                isCurrent: try row.bool(2)
            )
        }
    }

    /// Keeps what was told, and that it holds until something of it changes; the schema sees to that.
    package static func insert(
        _ key: RecordID<DispositionReturn>,
        of id: EpisodeID,
        told disposition: String,
        at instant: Instant,
        by staff: StaffID,
        in db: borrowing Access<Writing>
    ) throws {
        try db.execute(
            """
            INSERT INTO disposition_return (id, episode, returned_at, returned_by, disposition)
            VALUES (\(key), \(id), \(instant), \(staff), \(disposition))
            """
        )
        try db.execute("UPDATE episode SET disposition_returned_at = \(instant) WHERE id = \(id)")
    }
}
