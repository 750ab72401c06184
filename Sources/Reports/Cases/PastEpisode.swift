internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Services
internal import Storage

/// What of an episode has no time of its own, and changes: taken back to an instant by what the audit says was before.
enum PastEpisode {
    /// Whose case it was and which language the family was said to speak, as the record had it at an instant.
    static func record<Mode>(
        _ record: EpisodeRecord,
        asOf instant: Instant,
        _ directory: Directory,
        in db: borrowing Access<Mode>
    ) throws -> EpisodeRecord {
        var past = record
        for detail in try AuditStore.details(of: record.id, action: "episode reassign", after: instant, in: db) {
            guard let login = RecordedDetail(detail)?.before("clinician") else { continue }
            if let staff = directory.staff(login: login) { past.clinician = staff.id }
        }
        for detail in try AuditStore.details(of: record.id, action: "episode amend", after: instant, in: db) {
            if let language = RecordedDetail(detail)?.before("language") { past.language = language }
        }
        return past
    }
}
