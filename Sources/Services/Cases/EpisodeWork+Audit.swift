internal import CrisisCare
internal import SQLite
internal import Storage

// What the audit says of the use cases that an episode's work went through.
extension EpisodeWork {
    /// What the audit is to say of one use case.
    struct Note {
        let action: String
        let record: Int64?
        let detail: AuditDetail
    }

    /// Which entries the use cases leave.
    enum Auditing {
        /// One for each, as when a person carries them out.
        case eachUseCase
        /// One for all of them, which says what came with the case: `broughtIn` as text. The records say the rest.
        case oneImport(broughtIn: String)
    }

    mutating func note(_ action: String, record: Int64? = nil, _ detail: AuditDetail = AuditDetail()) {
        notes.append(Note(action: action, record: record, detail: detail))
    }

    func audit(as auditing: Auditing, _ change: inout Change, in db: borrowing Access<Writing>) throws {
        switch auditing {
        case .oneImport(let broughtIn):
            try change.audit("episode import", episode: record.id, detail: broughtIn, in: db)
        case .eachUseCase:
            for (index, note) in notes.enumerated() {
                var detail = note.detail
                // A later editor is told what changed since the version that he had seen.
                if index == 0, isChanged, let readVersion { detail.addVersion(after: readVersion) }
                try change.audit(note.action, episode: record.id, record: note.record, detail: detail.json, in: db)
            }
        }
    }

    /// How many records of each kind are written with the case, none named of which there are none; and its last day.
    var broughtIn: AuditDetail {
        var detail = AuditDetail()
        for (kind, count) in [
            ("visits", visits.count), ("plans", plans.count), ("extensions", extensions.count),
            ("referrals", referrals.count),
        ] where count > 0 {
            detail.add(kind, from: nil, to: Int64(count))
        }
        detail.add("discharged_on", from: nil, to: record.discharge?.on)
        return detail
    }
}
