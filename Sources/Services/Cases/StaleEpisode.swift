internal import CrisisCare
internal import SQLite
internal import Storage

/// The refusal of a change that was made from an older version of a case.
enum StaleEpisode {
    /// Says which fields somebody else changed since, never their values.
    static func refusal(
        _ id: EpisodeID,
        _ number: CaseNumber,
        read: Int,
        in db: borrowing Access<Writing>
    ) throws -> RuleViolation {
        var fields: [String] = []
        for detail in try AuditStore.details(of: id, in: db) {
            guard let before = AuditDetail.versionBefore(of: detail), before >= read else { continue }
            for field in AuditDetail.fields(of: detail) where !["version", "reason"].contains(field) {
                if !fields.contains(field) { fields.append(field) }
            }
        }
        let what = fields.isEmpty ? "" : ": " + fields.map { $0.replacing("_", with: " ") }.joined(separator: ", ")
        return RuleViolation(
            .staleEdit,
            "somebody else changed the case meanwhile" + what,
            remedy: "Look at it again and repeat your change: followup show \(number)"
        )
    }
}
