internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

/// Recomputes every case by the rules and compares it with what is stored.
enum DeadlineInspection {
    static func findings(in db: borrowing Access<SQLite.Reading>, _ zone: Zone) throws -> [Finding] {
        let found = try scan(in: db, zone)
        return [comparison(found.cases, found.wrong.map(\.caseNumber))] + lateDischarges(found.late)
    }

    /// Stores what the rules give for every case for which something else is stored.
    static func mend(_ change: inout Change, in db: borrowing Access<Writing>) throws {
        for record in try scan(in: db, change.zone).wrong {
            // Without a policy there is nothing that the rules could give.
            guard (try? change.practice(of: record.program, calledAt: record.callReceivedAt)) != nil else { continue }
            try EpisodeWork.load(record, change, in: db).save(&change, in: db)
            try DeadlineStore.follow(record, in: db)
        }
        try DeadlineStore.removeAllOfVoidedCases(in: db)
    }

    private static func scan<Mode>(
        in db: borrowing Access<Mode>,
        _ zone: Zone
    ) throws -> (cases: Int, wrong: [EpisodeRecord], late: Int) {
        let policies = try PolicyStore.book(in: db)
        let holidays = try HolidayStore.days(in: db)
        var cases = 0
        var wrong: [EpisodeRecord] = []
        var late = 0
        try EpisodeStore.forEach(
            calledFrom: .distantPast,
            before: .distantFuture,
            at: .all,
            in: db
        ) { record in
            cases += 1
            guard let policy = policies.policy(of: record.program, on: zone.date(of: record.callReceivedAt)) else {
                wrong.append(record)
                return
            }
            let practice = Practice(policy: policy, zone: zone, holidays: holidays)
            let history = try HistoryStore.history(of: record, in: db)
            let stored = Set(try DeadlineStore.deadlines(of: record.id, in: db))
            let repeats = try DeadlineStore.repeats(record, in: db)
            let deadlines = history.deadlines(under: practice)
            if !repeats || stored != Set(deadlines.filter { $0.outcome == .open })
                || record.standing != CaseStanding(of: history, deadlines, under: practice)
            {
                wrong.append(record)
            }
            if let discharge = record.discharge, let window = history.window(under: practice),
                discharge.on > window.lastDay
            {
                late += 1
            }
        }
        return (cases, wrong, late)
    }

    private static func comparison(_ cases: Int, _ wrong: [CaseNumber]) -> Finding {
        guard let first = wrong.first else {
            return Finding("deadlines", .ok, "the deadlines of \(cases) cases are what the rules give")
        }
        return Finding(
            "deadlines",
            .error,
            "the deadlines of \(wrong.count) cases are not what the rules give, the first is \(first.description)",
            remedy: "Somebody changed the file by other means: compare it with a backup."
        )
    }

    private static func lateDischarges(_ late: Int) -> [Finding] {
        guard late > 0 else { return [] }
        return [
            Finding(
                "discharges",
                .warning,
                "\(late) cases were discharged after their window had ended",
                remedy: "Nothing can be done about them; the report counts them."
            )
        ]
    }
}
