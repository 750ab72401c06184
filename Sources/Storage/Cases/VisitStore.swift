package import CivilTime
package import CrisisCare
package import SQLite

package struct VisitRecord: Sendable {
    package var visit: Visit
    package var episode: EpisodeID
    package var minutes: Int?
    package var clinician: StaffID
    package var note: String
    package var overrideReason: String
    package var recordedAt: Instant
    package var recordedBy: StaffID

    package init(
        visit: Visit,
        episode: EpisodeID,
        minutes: Int?,
        clinician: StaffID,
        note: String,
        overrideReason: String,
        recordedAt: Instant,
        recordedBy: StaffID
    ) {
        self.visit = visit
        self.episode = episode
        self.minutes = minutes
        self.clinician = clinician
        self.note = note
        self.overrideReason = overrideReason
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }
}

package enum VisitStore {
    /// The visits of an episode without the voided ones, by occurrence, then by entry.
    package static func visits<Mode>(of id: EpisodeID, in db: borrowing Access<Mode>) throws -> [Visit] {
        try db.all(
            """
            SELECT id, at, mode, result, met_with, promised_next FROM visit
            WHERE episode = \(id) AND voided_at IS NULL ORDER BY at, id
            """,
            visit
        )
    }

    package static func records<Mode>(of id: EpisodeID, in db: borrowing Access<Mode>) throws -> [VisitRecord] {
        try db.all(
            """
            SELECT id, at, mode, result, met_with, promised_next, minutes, clinician, note, override_reason,
                recorded_at, recorded_by
            FROM visit WHERE episode = \(id) AND voided_at IS NULL ORDER BY at, id
            """
        ) { row in
            VisitRecord(
                visit: try visit(row),
                episode: id,
                minutes: try row.optionalInt(6),
                clinician: try row.id(7),
                note: try row.text(8),
                overrideReason: try row.text(9),
                recordedAt: try row.instant(10),
                recordedBy: try row.id(11)
            )
        }
    }

    private static func visit(_ row: borrowing Statement) throws -> Visit {
        Visit(
            id: try row.id(0),
            at: try row.instant(1),
            mode: try row.code(2),
            result: try row.code(3),
            with: try row.code(4),
            promisedNext: try row.optionalDate(5)
        )
    }

    package static func insert(_ record: VisitRecord, in db: borrowing Access<Writing>) throws {
        let visit = record.visit
        try db.execute(
            """
            INSERT INTO visit (
                id, episode, at, mode, result, met_with, minutes, clinician, note, promised_next, override_reason,
                recorded_at, recorded_by, version
            ) VALUES (
                \(visit.id), \(record.episode), \(visit.at), \(visit.mode), \(visit.result), \(visit.with),
                \(record.minutes), \(record.clinician), \(record.note), \(visit.promisedNext),
                \(record.overrideReason), \(record.recordedAt), \(record.recordedBy), 1
            )
            """
        )
    }

    /// - Returns: whether there was such a visit, not voided before.
    package static func void(
        _ id: RecordID<Visit>,
        of episode: EpisodeID,
        at instant: Instant,
        by staff: StaffID,
        reason: String,
        in db: borrowing Access<Writing>
    ) throws -> Bool {
        try db.execute(
            """
            UPDATE visit SET voided_at = \(instant), voided_by = \(staff), void_reason = \(reason)
            WHERE id = \(id) AND episode = \(episode) AND voided_at IS NULL
            """
        ) == 1
    }
}
