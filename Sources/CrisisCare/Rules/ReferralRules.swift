package import CivilTime

extension EpisodeHistory {
    /// Adds a referral with its first step.
    ///
    /// A person's entry starts at `identified`; imported history may start at any step, because the spreadsheet
    /// that it comes from never held the ones before.
    package mutating func add(
        _ id: RecordID<Referral>,
        to service: CodeID? = nil,
        startingWith event: ReferralEvent,
        isImportedHistory: Bool,
        now: Instant
    ) throws(RuleViolation) {
        guard isImportedHistory || event.state == .identified else {
            throw Self.outOfOrder("a referral begins as identified, not as \(event.state.rawValue)")
        }
        try check(event, of: nil, now: now)
        referrals.append(Referral(id: id, service: service, events: [event]))
    }

    /// Takes a referral one step further in the closed loop (practice.md section 5).
    package mutating func advance(
        _ id: RecordID<Referral>,
        with event: ReferralEvent,
        now: Instant
    ) throws(RuleViolation) {
        guard let index = referrals.firstIndex(where: { $0.id == id }), let last = referrals[index].events.last else {
            throw Self.outOfOrder("the referral is not part of this case")
        }
        guard last.state.next.contains(event.state) else {
            throw Self.outOfOrder("a referral that is \(last.state.rawValue) cannot become \(event.state.rawValue)")
        }
        try check(event, of: last, now: now)
        referrals[index].events.append(event)
    }

    private func check(_ event: ReferralEvent, of last: ReferralEvent?, now: Instant) throws(RuleViolation) {
        if event.state.mayFollowDischarge {
            try Self.checkPast("this step of the referral", at: event.at, now: now)
        } else {
            try checkOccurrence(of: "the referral", at: event.at, now: now)
        }
        guard event.at >= last?.at ?? callReceivedAt else {
            throw Self.outOfOrder("this step of the referral would lie before the one it follows")
        }
        guard event.state != .scheduled || event.appointmentAt != nil else {
            throw Self.outOfOrder("a scheduled referral needs the time of its appointment")
        }
    }

    private static func outOfOrder(_ message: String) -> RuleViolation {
        RuleViolation(.stateOrder, message, remedy: "Check the referral's steps and their times.")
    }
}
