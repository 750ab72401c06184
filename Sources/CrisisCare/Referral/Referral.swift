package import CivilTime

/// One step of a referral, with its own time.
package struct ReferralEvent: Hashable, Sendable {
    package let id: RecordID<ReferralEvent>
    package var at: Instant
    package var state: ReferralState
    /// The appointment that became known with this step.
    package var appointmentAt: Instant?

    package init(id: RecordID<ReferralEvent>, at: Instant, state: ReferralState, appointmentAt: Instant? = nil) {
        self.id = id
        self.at = at
        self.state = state
        self.appointmentAt = appointmentAt
    }
}

/// A connection to a resource in the community, followed until its outcome is known.
package struct Referral: Hashable, Sendable {
    package let id: RecordID<Referral>
    /// What it is for; no rule looks at it.
    package let service: CodeID?
    /// In the order in which the steps happened; never empty in a stored record.
    package var events: [ReferralEvent]

    package init(id: RecordID<Referral>, service: CodeID? = nil, events: [ReferralEvent]) {
        self.id = id
        self.service = service
        self.events = events
    }

    package var state: ReferralState {
        events.last?.state ?? .identified
    }

    /// The latest appointment known.
    package var appointmentAt: Instant? {
        events.last { $0.appointmentAt != nil }?.appointmentAt
    }

    /// The referral as it stood at an instant, or `nil` when it did not exist yet.
    package func asOf(_ instant: Instant) -> Referral? {
        let past = Referral(id: id, service: service, events: events.filter { $0.at <= instant })
        return past.events.isEmpty ? nil : past
    }

    /// When a state was first reached.
    package func reached(_ state: ReferralState) -> Instant? {
        events.first { $0.state == state }?.at
    }

    /// When the first answer came.
    package var answeredAt: Instant? {
        events.first { $0.state.isAnswer }?.at
    }
}
