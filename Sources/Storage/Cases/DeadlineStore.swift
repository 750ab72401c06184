package import CivilTime
package import CrisisCare
package import SQLite

package enum DeadlineStore {
    /// The stored deadlines of an episode; `check` compares them with what the rules give.
    package static func deadlines<Mode>(of id: EpisodeID, in db: borrowing Access<Mode>) throws -> [Deadline] {
        try db.all(
            """
            SELECT kind, started_by, started_at, due_at, plan_version, referral, ended_at, ended_by
            FROM deadline WHERE episode = \(id)
            """,
            deadline
        )
    }

    private static func deadline(_ row: borrowing Statement) throws -> Deadline {
        let about: Deadline.About =
            if let version = try row.optionalInt(4) {
                .plan(version: version)
            } else if let referral: RecordID<Referral> = try row.optionalID(5) {
                .referral(referral)
            } else {
                .episode
            }
        return Deadline(
            kind: try row.code(0),
            about: about,
            startedBy: try row.int64(1),
            startedAt: try row.instant(2),
            dueAt: try row.instant(3),
            outcome: try outcome(row)
        )
    }

    private static func outcome(_ row: borrowing Statement) throws -> Deadline.Outcome {
        guard let at = try row.optionalInstant(6) else { return .open }
        let endedBy = try row.text(7)
        if endedBy == met { return .met(at) }
        guard let reason = Deadline.CancelReason(rawValue: endedBy) else { throw UnknownCode() }
        return .cancelled(at, reason)
    }

    private static let met = "met"

    /// Stores the differences between what is stored for an episode and what the rules give.
    /// - Returns: how many rows were written or removed.
    @discardableResult
    package static func store(
        _ deadlines: [Deadline],
        of record: EpisodeRecord,
        replacing stored: [Deadline],
        in db: borrowing Access<Writing>
    ) throws -> Int {
        let old = Dictionary(stored.map { (Key($0), $0) }) { first, _ in first }
        let new = Dictionary(deadlines.map { (Key($0), $0) }) { first, _ in first }
        var changes = 0
        for key in old.keys where new[key] == nil {
            changes += try db.execute(
                """
                DELETE FROM deadline
                WHERE episode = \(record.id) AND kind = \(key.kind) AND started_by = \(key.startedBy)
                """
            )
        }
        for deadline in deadlines where old[Key(deadline)] != deadline {
            try upsert(deadline, of: record, in: db)
            changes += 1
        }
        return changes
    }

    private struct Key: Hashable {
        let kind: DeadlineKind
        let startedBy: Int64

        init(_ deadline: Deadline) {
            kind = deadline.kind
            startedBy = deadline.startedBy
        }
    }

    private static func upsert(
        _ deadline: Deadline,
        of record: EpisodeRecord,
        in db: borrowing Access<Writing>
    ) throws {
        let planVersion: Int? = if case .plan(let version) = deadline.about { version } else { nil }
        let referral: RecordID<Referral>? = if case .referral(let id) = deadline.about { id } else { nil }
        let ended: (at: Instant?, by: String?) =
            switch deadline.outcome {
            case .open: (nil, nil)
            case .met(let at): (at, met)
            case .cancelled(let at, let reason): (at, reason.rawValue)
            }
        try db.execute(
            """
            INSERT INTO deadline (
                episode, kind, started_by, started_at, due_at, plan_version, referral, ended_at, ended_by, site,
                clinician, program, case_order
            ) VALUES (
                \(record.id), \(deadline.kind), \(deadline.startedBy), \(deadline.startedAt), \(deadline.dueAt),
                \(planVersion), \(referral), \(ended.at), \(ended.by), \(record.site), \(record.clinician),
                \(record.program), \(record.caseNumber)
            )
            ON CONFLICT (episode, kind, started_by) DO UPDATE SET
                started_at = excluded.started_at, due_at = excluded.due_at, plan_version = excluded.plan_version,
                referral = excluded.referral, ended_at = excluded.ended_at, ended_by = excluded.ended_by
            """
        )
    }

    /// The episodes whose `referral-answer` clock ran, or runs, across a day.
    package static func episodesAwaitingAnswer<Mode>(
        startedBefore startEnd: Instant,
        dueFrom dueStart: Instant,
        in db: borrowing Access<Mode>
    ) throws -> [EpisodeID] {
        try db.all(
            """
            SELECT DISTINCT episode FROM deadline
            WHERE kind = 'referral-answer' AND started_at < \(startEnd) AND due_at >= \(dueStart)
            ORDER BY episode
            """
        ) { try $0.id(0) }
    }
}

extension DeadlineStore {
    /// Lets the stored deadlines of an episode repeat its site, clinician, program and case number, ended ones too.
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
