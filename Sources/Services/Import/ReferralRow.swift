internal import CivilTime
internal import CrisisCare

/// The row of a referral, which shows where it stands and when it got there, as the steps that led to it.
struct ReferralRow {
    let state: ReferralState
    let sentAt: Instant?
    let answeredAt: Instant?
    let appointmentAt: Instant?
    let attendedAt: Instant?

    /// The steps, in order. A time that the state has no place for is refused, because it would be lost.
    func steps(call: Instant) throws -> [ReferralStep] {
        try checkTimes()
        var steps: [ReferralStep] = []
        if let sentAt, state != .identified, state != .offered { steps.append(ReferralStep(.sent, at: sentAt)) }
        let answered = answeredAt ?? sentAt ?? call
        switch state {
        case .identified, .offered:
            return [ReferralStep(state, at: sentAt ?? call)]
        case .sent:
            return steps
        case .rejected, .waitlisted:
            return steps + [ReferralStep(state, at: answered)]
        case .accepted:
            return steps + [accepted(answered)]
        case .scheduled:
            return steps + [accepted(answered), scheduled(answered)]
        case .noShow:
            return steps + [
                accepted(answered), scheduled(answered), ReferralStep(.noShow, at: appointmentAt ?? answered),
            ]
        case .cancelled:
            return steps + [accepted(answered), scheduled(answered), ReferralStep(.cancelled, at: answered)]
        case .attended, .connected:
            let attended = attendedAt ?? answered
            steps += [accepted(answered), ReferralStep(.attended, at: attended)]
            return state == .attended ? steps : steps + [ReferralStep(.connected, at: attended)]
        case .declinedByFamily, .closedWithoutConnection:
            if appointmentAt != nil { steps.append(accepted(answered)) }
            return steps + [ReferralStep(state, at: answered, reason: ImportedHistory.reason)]
        }
    }

    private func accepted(_ at: Instant) -> ReferralStep {
        ReferralStep(.accepted, at: at, appointmentAt: appointmentAt)
    }

    private func scheduled(_ at: Instant) -> ReferralStep {
        ReferralStep(.scheduled, at: at, appointmentAt: appointmentAt)
    }

    private func checkTimes() throws(RuleViolation) {
        let begins: Set<ReferralState> = [.identified, .offered]
        let ends: Set<ReferralState> = [.declinedByFamily, .closedWithoutConnection]
        let unanswered = begins.union([.sent])
        let kept: Set<ReferralState> = [.attended, .connected]
        let withAppointment: Set<ReferralState> = [.scheduled, .noShow, .cancelled]
        try require(sentAt != nil || begins.contains(state) || ends.contains(state), "needs the time it was sent")
        try require(
            answeredAt != nil || unanswered.contains(state) || ends.contains(state),
            "needs the time of its answer"
        )
        try require(answeredAt == nil || !unanswered.contains(state), "has no answer, but the time of one")
        try require(attendedAt != nil || !kept.contains(state), "needs the time of the appointment attended")
        try require(attendedAt == nil || kept.contains(state), "has no appointment attended, but the time of one")
        try require(appointmentAt != nil || !withAppointment.contains(state), "needs the time of its appointment")
        let noAppointment = unanswered.union([.rejected, .waitlisted])
        try require(appointmentAt == nil || !noAppointment.contains(state), "cannot have an appointment yet")
    }

    private func require(_ condition: Bool, _ what: String) throws(RuleViolation) {
        guard condition else {
            throw RuleViolation(
                .stateOrder,
                "a referral that is \(state.rawValue) \(what)",
                remedy: "Correct the row's status or its times."
            )
        }
    }
}
