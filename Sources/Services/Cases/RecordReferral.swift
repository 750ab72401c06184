package import CivilTime
package import CrisisCare
internal import SQLite
internal import Storage

/// One step of a referral.
package struct ReferralStep: Sendable {
    package var state: ReferralState
    package var at: Instant
    package var appointmentAt: Instant?
    package var reason: String

    package init(_ state: ReferralState, at: Instant, appointmentAt: Instant? = nil, reason: String = "") {
        self.state = state
        self.at = at
        self.appointmentAt = appointmentAt
        self.reason = reason
    }
}

/// A referral with the steps known so far.
package struct NewReferral: Sendable {
    /// The source's own reference; without one the case's next number.
    package var ref: String?
    package var serviceType: CodeID
    package var agency: String
    package var warmHandoff: Bool?
    package var steps: [ReferralStep]
    /// History that a spreadsheet held may begin later than at `identified`.
    package var isImportedHistory: Bool

    package init(
        ref: String? = nil,
        serviceType: CodeID,
        agency: String,
        warmHandoff: Bool?,
        steps: [ReferralStep],
        isImportedHistory: Bool = false
    ) {
        self.ref = ref
        self.serviceType = serviceType
        self.agency = agency
        self.warmHandoff = warmHandoff
        self.steps = steps
        self.isImportedHistory = isImportedHistory
    }
}

extension EpisodeWork {
    /// Records a referral with its steps, all or none of them.
    mutating func refer(_ new: NewReferral, _ change: inout Change) throws {
        guard let first = new.steps.first else { return }
        let id = RecordID<Referral>(change.keys.next())
        let ref = new.ref ?? String(history.referrals.count + 1)
        var changed = history
        var events: [(event: ReferralEvent, reason: String)] = []
        for step in new.steps {
            let event = ReferralEvent(
                id: RecordID(change.keys.next()),
                at: step.at,
                state: step.state,
                appointmentAt: step.appointmentAt
            )
            if events.isEmpty {
                try changed.add(
                    id,
                    to: new.serviceType,
                    startingWith: event,
                    isImportedHistory: new.isImportedHistory,
                    now: change.now
                )
            } else {
                try changed.advance(id, with: event, now: change.now)
            }
            events.append((event, step.reason))
        }
        history = changed
        let skipsSteps = first.state != .identified
        referrals.append(
            ReferralRecord(
                referral: Referral(id: id, service: new.serviceType, events: events.map(\.event)),
                episode: record.id,
                ref: ref,
                serviceType: new.serviceType,
                agency: new.agency,
                warmHandoff: new.warmHandoff,
                overrideReason: skipsSteps ? ImportedHistory.reason : "",
                recordedAt: change.now,
                recordedBy: change.actor.staff
            )
        )
        referralSteps += events.map { ($0.event, id, $0.reason) }
        note("referral add", record: id.value)
    }

    /// Takes a referral one step further.
    mutating func advance(_ id: RecordID<Referral>, _ step: ReferralStep, _ change: inout Change) throws {
        let last = history.referrals.first { $0.id == id }?.events.last
        let event = ReferralEvent(
            id: RecordID(change.keys.next()),
            at: step.at,
            state: step.state,
            appointmentAt: step.appointmentAt
        )
        try history.advance(id, with: event, now: change.now)
        referralSteps.append((event, id, step.reason))
        var detail = AuditDetail()
        detail.add("state", from: last?.state.rawValue, to: step.state.rawValue)
        note("referral \(step.state.rawValue)", record: id.value, detail)
    }
}

/// What an import accepts that a person's entry would not is kept with this reason (the caseload files' description).
package enum ImportedHistory {
    package static let reason = "imported history"
}
