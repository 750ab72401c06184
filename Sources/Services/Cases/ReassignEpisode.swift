internal import CrisisCare
internal import SQLite
internal import Storage

extension EpisodeWork {
    /// Hands the case to another clinician. Its deadlines follow; past visits keep their author.
    mutating func reassign(to staff: StaffRecord, from login: String, reason: String) {
        record.clinician = staff.id
        var detail = AuditDetail()
        detail.add("clinician", from: login, to: staff.login)
        detail.add("reason", from: nil, to: reason.isBlank ? nil : reason)
        note("episode reassign", detail)
        isChanged = true
    }
}
