package import CrisisCare
package import SQLite

/// What is owed now: a deadline is stored while it is open, and no longer.
package enum DeadlineStore {
    /// The stored deadlines of an episode; `check` compares them with what the rules give.
    package static func deadlines<Mode>(of id: EpisodeID, in db: borrowing Access<Mode>) throws -> [Deadline] {
        try db.all(
            """
            SELECT kind, started_by, started_at, due_at, plan_version, referral FROM deadline WHERE episode = \(id)
            """,
            Deadline.init(open:)
        )
    }

    /// Lets what is stored for an episode be what is open of what the rules give.
    package static func store(
        _ deadlines: [Deadline],
        of record: EpisodeRecord,
        replacing stored: [Deadline],
        in db: borrowing Access<Writing>
    ) throws {
        let owed = deadlines.filter { $0.outcome == .open }
        for deadline in stored where !owed.contains(deadline) { try remove(deadline, of: record, in: db) }
        for deadline in owed where !stored.contains(deadline) { try insert(deadline, of: record, in: db) }
    }

    /// A voided case owes nothing, whatever was stored past the program.
    package static func removeAllOfVoidedCases(in db: borrowing Access<Writing>) throws {
        try db.execute("DELETE FROM deadline WHERE episode IN (SELECT id FROM episode WHERE voided_at IS NOT NULL)")
    }

    private static func remove(
        _ deadline: Deadline,
        of record: EpisodeRecord,
        in db: borrowing Access<Writing>
    ) throws {
        try db.execute(
            """
            DELETE FROM deadline
            WHERE episode = \(record.id) AND kind = \(deadline.kind) AND started_by = \(deadline.startedBy)
            """
        )
    }

    private static func insert(
        _ deadline: Deadline,
        of record: EpisodeRecord,
        in db: borrowing Access<Writing>
    ) throws {
        let planVersion: Int? = if case .plan(let version) = deadline.about { version } else { nil }
        let referral: RecordID<Referral>? = if case .referral(let id) = deadline.about { id } else { nil }
        try db.execute(
            """
            INSERT INTO deadline (
                episode, kind, started_by, started_at, due_at, plan_version, referral, site, clinician, program,
                case_order
            ) VALUES (
                \(record.id), \(deadline.kind), \(deadline.startedBy), \(deadline.startedAt), \(deadline.dueAt),
                \(planVersion), \(referral), \(record.site), \(record.clinician), \(record.program),
                \(record.caseNumber)
            )
            """
        )
    }
}

extension Deadline {
    /// An open deadline from the columns kind, started_by, started_at, due_at, plan_version and referral.
    init(open row: borrowing Statement) throws {
        let about: About =
            if let version = try row.optionalInt(4) {
                .plan(version: version)
            } else if let referral: RecordID<Referral> = try row.optionalID(5) {
                .referral(referral)
            } else {
                .episode
            }
        self.init(
            kind: try row.code(0),
            about: about,
            startedBy: try row.int64(1),
            startedAt: try row.instant(2),
            dueAt: try row.instant(3),
            outcome: .open
        )
    }
}

extension DeadlineStore {
    /// Lets the stored deadlines of an episode repeat its site, clinician, program and case number.
    package static func follow(_ record: EpisodeRecord, in db: borrowing Access<Writing>) throws {
        try db.execute(
            """
            UPDATE deadline SET
                site = \(record.site), clinician = \(record.clinician), program = \(record.program),
                case_order = \(record.caseNumber)
            WHERE episode = \(record.id) AND (
                site <> \(record.site) OR clinician <> \(record.clinician) OR program <> \(record.program)
                OR case_order <> \(record.caseNumber)
            )
            """
        )
    }

    /// Whether the stored deadlines of an episode repeat its site, clinician, program and case number.
    package static func repeats<Mode>(_ record: EpisodeRecord, in db: borrowing Access<Mode>) throws -> Bool {
        try db.first(
            """
            SELECT 1 FROM deadline
            WHERE episode = \(record.id) AND (
                site <> \(record.site) OR clinician <> \(record.clinician) OR program <> \(record.program)
                OR case_order <> \(record.caseNumber)
            )
            """
        ) { _ in false } ?? true
    }
}
