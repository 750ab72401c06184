internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

extension EpisodeWork {
    /// Voids the case: it counts nowhere and owes nothing any more. Its rows stay, and its number is not given again.
    mutating func void(reason: String) {
        voidReason = reason
        var detail = AuditDetail()
        detail.add("void_reason", from: nil, to: reason)
        note("episode void", detail)
        isChanged = true
    }
}

extension Session {
    /// Voids a case that should not be; takes a supervisor.
    /// - Returns: the case number, for there is nothing left to show of it.
    package borrowing func voidEpisode(
        _ caseText: String,
        reason: String,
        isDryRun: Bool = false
    ) throws -> String {
        try work("episode void", on: caseText, needing: .supervise, isDryRun: isDryRun) { work, _, _ in
            work.void(reason: reason)
        }
        .caseNumber.description
    }
}
