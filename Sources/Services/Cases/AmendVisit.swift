package import CivilTime
package import CrisisCare
internal import SQLite
internal import Storage

/// A correction of a visit; what is `nil` stays.
package struct VisitAmendment: Sendable {
    package var at: Instant?
    package var mode: ContactMode?
    package var result: ContactResult?
    package var with: ContactWith?
    package var minutes: Int?
    /// The length is taken away: it is not known.
    package var clearsMinutes = false
    package var note: String?
    /// Who made the visit, by login.
    package var clinician: String?
    package var promisedNext: CivilDate?
    /// The promised date is taken away: nothing was promised.
    package var clearsPromise = false
    /// Why a caregiver was reached in minor-consented care.
    package var overrideReason: String?
    /// The version of the visit that the editor had seen; an amendment of an older one is refused.
    package var readVersion: Int?

    package init() {}

    fileprivate func applied(to old: VisitRecord, clinician: StaffID?) -> VisitRecord {
        var new = old
        new.visit.at = at ?? old.visit.at
        new.visit.mode = mode ?? old.visit.mode
        new.visit.result = result ?? old.visit.result
        new.visit.with = with ?? old.visit.with
        new.visit.promisedNext = clearsPromise ? nil : promisedNext ?? old.visit.promisedNext
        new.minutes = clearsMinutes ? nil : minutes ?? old.minutes
        new.note = note ?? old.note
        new.clinician = clinician ?? old.clinician
        new.overrideReason = overrideReason ?? old.overrideReason
        return new
    }
}

/// What an amendment of a visit leaves to be shown.
package struct VisitChange: Sendable {
    package let change: CaseChange
    package let visit: RecordID<Visit>
    package let version: Int
}

extension EpisodeWork {
    /// Corrects a visit, which keeps its id. Old and new values are audited; the deadlines of this case follow.
    mutating func amend(_ new: VisitRecord, from old: VisitRecord, reason: String, _ directory: Directory, now: Instant)
        throws
    {
        try history.amend(new.visit, isOverruled: !new.overrideReason.isBlank, now: now, under: practice)
        var detail = AuditDetail()
        detail.add(StaleVisit.versionField, from: Int64(old.version), to: Int64(new.version))
        detail.add("at", from: old.visit.at, to: new.visit.at)
        detail.add("mode", from: old.visit.mode.rawValue, to: new.visit.mode.rawValue)
        detail.add("result", from: old.visit.result.rawValue, to: new.visit.result.rawValue)
        detail.add("with", from: old.visit.with.rawValue, to: new.visit.with.rawValue)
        detail.add("minutes", from: old.minutes.map(Int64.init), to: new.minutes.map(Int64.init))
        detail.add("clinician", from: directory.login(old.clinician), to: directory.login(new.clinician))
        detail.add("note", from: old.note, to: new.note)
        detail.add("next", from: old.visit.promisedNext, to: new.visit.promisedNext)
        detail.add("override_reason", from: old.overrideReason, to: new.overrideReason)
        detail.add("reason", from: nil, to: reason)
        note(StaleVisit.action, record: new.visit.id.value, detail)
        if new.version != old.version { amendedVisits.append(new) }
    }
}

extension Session {
    /// Corrects what is recorded of a visit. The rules judge it like a new visit, by its own time.
    ///
    /// An amendment made from an older version than the one on record is refused (`stale-edit`).
    package borrowing func amendVisit(
        _ caseText: String,
        _ id: RecordID<Visit>,
        _ amendment: VisitAmendment,
        reason: String,
        isDryRun: Bool = false
    ) throws -> VisitChange {
        var version = 1
        let change = try work(StaleVisit.action, on: caseText, needing: .writeCases, isDryRun: isDryRun) {
            work,
            change,
            db in
            if let note = amendment.note { try TextLimit.note.check(note, "the note") }
            try TextLimit.reason.check(reason, "the reason")
            guard let old = try VisitStore.records(of: work.record.id, in: db).first(where: { $0.visit.id == id })
            else {
                throw ServiceError.notFound(
                    what: "the case has no such visit",
                    hint: "The ids of its visits are in followup visit list CASE."
                )
            }
            if let read = amendment.readVersion, read != old.version {
                throw try StaleVisit.refusal(old, of: work.record, read: read, in: db)
            }
            let directory = try Directory.load(in: db, hasCodes: false)
            let clinician = try amendment.clinician.map { login in
                // Whoever it was by until now may be named again, whatever became of that person.
                if login == directory.login(old.clinician) { return old.clinician }
                let at = amendment.at ?? old.visit.at
                return try NamedPerson.id(login, as: .visit(at: at), at: work.record.site, directory, in: db)
            }
            var new = amendment.applied(to: old, clinician: clinician)
            // What changes nothing makes no version.
            if new != old { new.version += 1 }
            try work.amend(new, from: old, reason: reason, directory, now: change.now)
            version = new.version
        }
        return VisitChange(change: change, visit: id, version: version)
    }
}

/// The refusal of a correction that was made from an older version of a visit.
enum StaleVisit {
    static let action = "visit amend"
    /// Not `version`, which in a case's audit is the version of the case.
    static let versionField = "visit_version"

    /// Writes a corrected visit over the version before.
    static func write(_ visit: VisitRecord, of episode: EpisodeRecord, in db: borrowing Access<Writing>) throws {
        guard try VisitStore.update(visit, readAtVersion: visit.version - 1, in: db) else {
            throw try refusal(visit, of: episode, read: visit.version - 1, in: db)
        }
    }

    /// Says which fields somebody else changed since, never their values.
    static func refusal(
        _ visit: VisitRecord,
        of episode: EpisodeRecord,
        read: Int,
        in db: borrowing Access<Writing>
    ) throws -> RuleViolation {
        var fields: [String] = []
        for detail in try AuditStore.details(of: visit.visit.id.value, action: action, in: db) {
            guard let before = versionBefore(of: detail), before >= read else { continue }
            for field in AuditDetail.fields(of: detail) where ![versionField, "reason"].contains(field) {
                if !fields.contains(field) { fields.append(field) }
            }
        }
        let what = fields.isEmpty ? "" : ": " + fields.map { $0.replacing("_", with: " ") }.joined(separator: ", ")
        return RuleViolation(
            .staleEdit,
            "somebody else changed the visit meanwhile" + what,
            remedy: "Look at it again and repeat your change: followup visit list \(episode.caseNumber)"
        )
    }

    private static func versionBefore(of json: String) -> Int? {
        let start = "{\"\(versionField)\":["
        guard json.hasPrefix(start) else { return nil }
        return Int(json.dropFirst(start.count).prefix { $0.isNumber })
    }
}
