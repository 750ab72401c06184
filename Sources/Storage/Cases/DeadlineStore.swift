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
        // A case that is new, as all of an import are, has nothing to compare with.
        guard !stored.isEmpty else {
            for deadline in deadlines { try insert(deadline, of: record, in: db) }
            return deadlines.count
        }
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
            if old[Key(deadline)] == nil {
                try insert(deadline, of: record, in: db)
            } else {
                try update(deadline, of: record, in: db)
            }
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

    /// What the columns say of what a deadline is about and how it ended.
    private struct Columns {
        let planVersion: Int?
        let referral: RecordID<Referral>?
        let endedAt: Instant?
        let endedBy: String?

        init(_ deadline: Deadline) {
            planVersion = if case .plan(let version) = deadline.about { version } else { nil }
            referral = if case .referral(let id) = deadline.about { id } else { nil }
            switch deadline.outcome {
            case .open: (endedAt, endedBy) = (nil, nil)
            case .met(let at): (endedAt, endedBy) = (at, met)
            case .cancelled(let at, let reason): (endedAt, endedBy) = (at, reason.rawValue)
            }
        }
    }

    private static func insert(
        _ deadline: Deadline,
        of record: EpisodeRecord,
        in db: borrowing Access<Writing>
    ) throws {
        let columns = Columns(deadline)
        try db.execute(
            """
            INSERT INTO deadline (
                episode, kind, started_by, started_at, due_at, plan_version, referral, ended_at, ended_by, site,
                clinician, program, case_order
            ) VALUES (
                \(record.id), \(deadline.kind), \(deadline.startedBy), \(deadline.startedAt), \(deadline.dueAt),
                \(columns.planVersion), \(columns.referral), \(columns.endedAt), \(columns.endedBy), \(record.site),
                \(record.clinician), \(record.program), \(record.caseNumber)
            )
            """
        )
    }

    private static func update(
        _ deadline: Deadline,
        of record: EpisodeRecord,
        in db: borrowing Access<Writing>
    ) throws {
        let columns = Columns(deadline)
        try db.execute(
            """
            UPDATE deadline SET
                started_at = \(deadline.startedAt), due_at = \(deadline.dueAt), plan_version = \(columns.planVersion),
                referral = \(columns.referral), ended_at = \(columns.endedAt), ended_by = \(columns.endedBy)
            WHERE episode = \(record.id) AND kind = \(deadline.kind) AND started_by = \(deadline.startedBy)
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
