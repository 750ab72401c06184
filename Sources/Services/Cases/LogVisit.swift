package import CivilTime
package import CrisisCare
internal import SQLite
internal import Storage

/// What has to be known to log a visit.
package struct NewVisit: Sendable {
    package var at: Instant
    package var mode: ContactMode
    package var result: ContactResult
    package var with: ContactWith
    package var minutes: Int?
    /// Who made the visit; without it the one who logs it.
    package var clinician: StaffID?
    package var note = ""
    package var promisedNext: CivilDate?
    /// Why a caregiver was reached in minor-consented care.
    package var overrideReason = ""

    package init(at: Instant, mode: ContactMode, result: ContactResult, with: ContactWith) {
        self.at = at
        self.mode = mode
        self.result = result
        self.with = with
    }
}

extension EpisodeWork {
    @discardableResult
    mutating func log(_ new: NewVisit, _ change: inout Change) throws -> VisitRecord {
        let visit = Visit(
            id: RecordID(change.keys.next()),
            at: new.at,
            mode: new.mode,
            result: new.result,
            with: new.with,
            promisedNext: new.promisedNext
        )
        let isOverruled = !new.overrideReason.isBlank
        try history.record(visit, isOverruled: isOverruled, now: change.now, under: practice)
        let record = VisitRecord(
            visit: visit,
            episode: record.id,
            minutes: new.minutes,
            clinician: new.clinician ?? change.actor.staff,
            note: new.note,
            overrideReason: new.overrideReason,
            recordedAt: change.now,
            recordedBy: change.actor.staff
        )
        visits.append(record)
        var detail = AuditDetail()
        detail.add("override", from: nil, to: isOverruled ? new.overrideReason : nil)
        note("visit log", record: visit.id.value, detail)
        return record
    }

    /// "Unable to reach" once the policy's number of attempts was made in vain: offered with the last of them.
    var offers: [String] {
        let needed = practice.policy.attemptsBeforeUnableToReach
        guard let last = visits.last, last.visit.isAttempt, history.discharge == nil,
            history.attemptsSinceContact >= needed
        else { return [] }
        let made = history.attemptsSinceContact
        let attempts = made == 1 ? "1 attempt" : "\(made) attempts"
        return [
            "\(attempts) without contact: the case may be closed as \"\(NamedCode.unableToReach)\", if that is right: "
                + "followup episode close \(record.caseNumber) --reason \"\(NamedCode.unableToReach)\""
                + stillMissing(last)
        ]
    }

    /// What the closing would still be refused for.
    private func stillMissing(_ last: VisitRecord) -> String {
        let closing = Closing(
            discharge: Discharge(at: last.recordedAt, on: practice.zone.date(of: last.recordedAt)),
            isUnableToReach: true,
            handsOverReferrals: false,
            isOverruled: false
        )
        let gaps = history.gaps(for: closing, under: practice)
        guard !gaps.isEmpty else { return "" }
        let missing = gaps.map(\.description).joined(separator: "; ")
        return " (still missing: \(missing); or a supervisor overrules with --override and why)"
    }

    /// Voids a visit: it counts nowhere any more, and a deadline that it met is open again.
    mutating func void(_ id: RecordID<Visit>, reason: String) throws {
        guard let index = history.visits.firstIndex(where: { $0.id == id }) else {
            throw ServiceError.notFound(
                what: "the case has no such visit",
                hint: "The ids of its visits are in followup visit list CASE."
            )
        }
        history.visits.remove(at: index)
        voidedVisits.append((id, reason))
        var detail = AuditDetail()
        detail.add("void_reason", from: nil, to: reason)
        note("visit void", record: id.value, detail)
    }
}
