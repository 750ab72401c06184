package import CivilTime
package import CrisisCare
package import SQLite

package struct VisitRecord: Hashable, Sendable {
    package var visit: Visit
    package var episode: EpisodeID
    package var minutes: Int?
    package var clinician: StaffID
    package var note: String
    package var overrideReason: String
    package var recordedAt: Instant
    package var recordedBy: StaffID
    /// How often the row was written: an amendment that read another version is stale.
    package var version = 1

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
                recorded_at, recorded_by, version
            FROM visit WHERE episode = \(id) AND voided_at IS NULL ORDER BY at, id
            """
        ) { row in
            var record = VisitRecord(
                visit: try visit(row),
                episode: id,
                minutes: try row.optionalInt(6),
                clinician: try row.id(7),
                note: try row.text(8),
                overrideReason: try row.text(9),
                recordedAt: try row.instant(10),
                recordedBy: try row.id(11)
            )
            record.version = try row.int(12)
            return record
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
                \(record.overrideReason), \(record.recordedAt), \(record.recordedBy), \(record.version)
            )
            """
        )
    }

    /// Writes what may change of a visit.
    /// - Returns: whether the row still had the version that was read; if not, nothing was written.
    package static func update(
        _ record: VisitRecord,
        readAtVersion version: Int,
        in db: borrowing Access<Writing>
    ) throws -> Bool {
        let visit = record.visit
        return try db.execute(
            """
            UPDATE visit SET
                at = \(visit.at), mode = \(visit.mode), result = \(visit.result), met_with = \(visit.with),
                minutes = \(record.minutes), clinician = \(record.clinician), note = \(record.note),
                promised_next = \(visit.promisedNext), override_reason = \(record.overrideReason),
                version = \(record.version)
            WHERE id = \(visit.id) AND episode = \(record.episode) AND version = \(version) AND voided_at IS NULL
            """
        ) == 1
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
