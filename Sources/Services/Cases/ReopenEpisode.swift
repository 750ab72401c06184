internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

extension EpisodeWork {
    /// Takes a discharge back: what the case owed before it is owed again.
    mutating func reopen(reason: String, _ codes: CodeBook) throws {
        guard history.discharge != nil else {
            throw RuleViolation(
                .stateOrder,
                "the case is open",
                remedy: "Nothing is left to do; check the case number."
            )
        }
        var detail = AuditDetail()
        detail.add("discharged_on", from: record.discharge?.on, to: nil)
        detail.add("discharged_at", from: record.discharge?.at, to: nil)
        detail.add("discharge_reason", from: codes.text(record.dischargeReason), to: nil)
        detail.add("override", from: record.closingOverride.isEmpty ? nil : record.closingOverride, to: nil)
        detail.add("hand_over", from: record.handoverReason.isEmpty ? nil : record.handoverReason, to: nil)
        detail.add("reason", from: nil, to: reason)
        history.discharge = nil
        record.discharge = nil
        record.dischargeReason = nil
        record.closingOverride = ""
        record.handoverReason = ""
        note("episode reopen", detail)
        isChanged = true
    }
}

extension Session {
    /// Reopens a discharged case; takes a supervisor.
    package borrowing func reopenEpisode(
        _ caseText: String,
        reason: String,
        isDryRun: Bool = false
    ) throws -> CaseChange {
        try work("episode reopen", on: caseText, needing: .supervise, isDryRun: isDryRun) { work, _, db in
            try work.reopen(reason: reason, CodeStore.book(in: db))
        }
    }
}
