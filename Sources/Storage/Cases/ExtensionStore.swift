package import CivilTime
package import CrisisCare
package import SQLite

package struct ExtensionRecord: Sendable {
    package var windowExtension: WindowExtension
    package var episode: EpisodeID
    package var previousEnd: CivilDate
    package var requestedBy: StaffID
    package var approvedBy: StaffID
    package var reason: String
    package var recordedAt: Instant
    package var recordedBy: StaffID

    package init(
        windowExtension: WindowExtension,
        episode: EpisodeID,
        previousEnd: CivilDate,
        requestedBy: StaffID,
        approvedBy: StaffID,
        reason: String,
        recordedAt: Instant,
        recordedBy: StaffID
    ) {
        self.windowExtension = windowExtension
        self.episode = episode
        self.previousEnd = previousEnd
        self.requestedBy = requestedBy
        self.approvedBy = approvedBy
        self.reason = reason
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }
}

package enum ExtensionStore {
    /// The extensions of an episode without the voided ones, in the order in which they were granted.
    package static func records<Mode>(of id: EpisodeID, in db: borrowing Access<Mode>) throws -> [ExtensionRecord] {
        try db.all(
            """
            SELECT id, granted_at, new_end, previous_end, requested_by, approved_by, reason, recorded_at, recorded_by
            FROM window_extension WHERE episode = \(id) AND voided_at IS NULL ORDER BY granted_at, id
            """
        ) { row in
            ExtensionRecord(
                windowExtension: WindowExtension(
                    id: try row.id(0),
                    grantedAt: try row.instant(1),
                    newEnd: try row.date(2)
                ),
                episode: id,
                previousEnd: try row.date(3),
                requestedBy: try row.id(4),
                approvedBy: try row.id(5),
                reason: try row.text(6),
                recordedAt: try row.instant(7),
                recordedBy: try row.id(8)
            )
        }
    }

    package static func insert(_ record: ExtensionRecord, in db: borrowing Access<Writing>) throws {
        let granted = record.windowExtension
        try db.execute(
            """
            INSERT INTO window_extension (
                id, episode, granted_at, previous_end, new_end, requested_by, approved_by, reason, recorded_at,
                recorded_by
            ) VALUES (
                \(granted.id), \(record.episode), \(granted.grantedAt), \(record.previousEnd), \(granted.newEnd),
                \(record.requestedBy), \(record.approvedBy), \(record.reason), \(record.recordedAt),
                \(record.recordedBy)
            )
            """
        )
    }
}
