package import CivilTime
package import CrisisCare
package import SQLite

/// One row of `client_merge`: a client who turned out to be another one on record.
package struct ClientMergeRecord: Sendable {
    package var id: RecordID<ClientMergeRecord>
    package var kept: ClientID
    package var duplicate: ClientID
    package var mergedAt: Instant
    package var mergedBy: StaffID
    package var reason: String

    package init(
        id: RecordID<ClientMergeRecord>,
        kept: ClientID,
        duplicate: ClientID,
        mergedAt: Instant,
        mergedBy: StaffID,
        reason: String
    ) {
        self.id = id
        self.kept = kept
        self.duplicate = duplicate
        self.mergedAt = mergedAt
        self.mergedBy = mergedBy
        self.reason = reason
    }
}

/// Merges of clients that stand; those that were undone count nowhere.
package enum ClientMergeStore {
    /// The client whom another stands for: itself, or the one whom it was merged into, over every step.
    package static func standing<Mode>(for client: ClientID, in db: borrowing Access<Mode>) throws -> ClientID {
        var id = client
        // The schema lets nobody be merged into a merged client, so that the way has an end.
        while let kept = try merge(of: id, in: db)?.kept { id = kept }
        return id
    }

    /// The merge by which a client is the duplicate of another.
    package static func merge<Mode>(
        of duplicate: ClientID,
        in db: borrowing Access<Mode>
    ) throws -> ClientMergeRecord? {
        try db.first(
            """
            SELECT id, kept, duplicate, merged_at, merged_by, reason FROM client_merge
            WHERE duplicate = \(duplicate) AND undone_at IS NULL
            """,
            merge
        )
    }

    /// The merges into a client, those into its duplicates too, by the time at which they were made.
    package static func merges<Mode>(
        into kept: ClientID,
        in db: borrowing Access<Mode>
    ) throws -> [ClientMergeRecord] {
        try db.all(
            """
            WITH RECURSIVE same (client) AS (
                VALUES (\(kept))
                UNION
                SELECT m.duplicate FROM same CROSS JOIN client_merge AS m ON m.kept = same.client
                WHERE m.undone_at IS NULL
            )
            SELECT m.id, m.kept, m.duplicate, m.merged_at, m.merged_by, m.reason
            FROM same CROSS JOIN client_merge AS m ON m.kept = same.client WHERE m.undone_at IS NULL
            ORDER BY m.merged_at, m.id
            """,
            merge
        )
    }

    private static func merge(_ row: borrowing Statement) throws -> ClientMergeRecord {
        ClientMergeRecord(
            id: try row.id(0),
            kept: try row.id(1),
            duplicate: try row.id(2),
            mergedAt: try row.instant(3),
            mergedBy: try row.id(4),
            reason: try row.text(5)
        )
    }

    /// Writes a merge and the episodes that it moved. The schema refuses it while the duplicate still has one.
    package static func insert(
        _ merge: ClientMergeRecord,
        moving episodes: [EpisodeID],
        in db: borrowing Access<Writing>
    ) throws {
        try db.execute(
            """
            INSERT INTO client_merge (id, kept, duplicate, merged_at, merged_by, reason)
            VALUES (
                \(merge.id), \(merge.kept), \(merge.duplicate), \(merge.mergedAt), \(merge.mergedBy), \(merge.reason)
            )
            """
        )
        for episode in episodes {
            try db.execute("INSERT INTO client_merge_episode (merge, episode) VALUES (\(merge.id), \(episode))")
        }
    }

    package static func undo(
        _ merge: RecordID<ClientMergeRecord>,
        at instant: Instant,
        by staff: StaffID,
        reason: String,
        in db: borrowing Access<Writing>
    ) throws {
        try db.execute(
            """
            UPDATE client_merge SET undone_at = \(instant), undone_by = \(staff), undo_reason = \(reason)
            WHERE id = \(merge) AND undone_at IS NULL
            """
        )
    }

    /// The episodes that a merge moved.
    package static func episodes<Mode>(
        movedBy merge: RecordID<ClientMergeRecord>,
        in db: borrowing Access<Mode>
    ) throws -> [EpisodeID] {
        try db.all("SELECT episode FROM client_merge_episode WHERE merge = \(merge) ORDER BY episode") { try $0.id(0) }
    }

    /// The cases that belong to a merged client, which no command leaves behind.
    package static func misplacedCases<Mode>(in db: borrowing Access<Mode>) throws -> [CaseNumber] {
        try db.all(
            """
            SELECT e.case_order FROM client_merge AS m JOIN episode AS e ON e.client = m.duplicate
            WHERE m.undone_at IS NULL AND e.voided_at IS NULL ORDER BY e.case_order
            """
        ) { CaseNumber(order: try $0.int64(0)) }
    }
}
