package import CrisisCare

/// Names the command that would be right for a referral where it stands.
package struct ReferralGuide {
    package let state: ReferralState
    package let caseNumber: CaseNumber
    package let ref: String

    package init(state: ReferralState, caseNumber: CaseNumber, ref: String) {
        self.state = state
        self.caseNumber = caseNumber
        self.ref = ref
    }

    /// The command that takes the referral further on the way to a connection; `nil` when its outcome is known.
    package var nextCommand: String? {
        switch state {
        case .identified: command("offer")
        case .offered: command("send")
        case .sent: command("answer", "--result accepted|rejected|waitlisted")
        case .waitlisted: command("answer", "--result accepted|rejected")
        case .accepted: command("schedule", "--appointment TIME")
        case .scheduled: command("attended")
        case .noShow, .cancelled: command("schedule", "--appointment TIME")
        case .attended: command("connect")
        case .rejected, .connected, .declinedByFamily, .closedWithoutConnection: nil
        }
    }

    private func command(_ verb: String, _ options: String = "") -> String {
        "followup referral \(verb) \(caseNumber.description) \(ref)" + (options.isEmpty ? "" : " " + options)
    }

    /// A refused step with the command that would be right instead.
    func explaining(_ refusal: RuleViolation, of step: ReferralState) -> RuleViolation {
        guard !state.next.contains(step) else {
            let show = "followup referral show \(caseNumber.description) \(ref)"
            return RuleViolation(.stateOrder, refusal.message, remedy: "Check --at; the steps and their times: \(show)")
        }
        let remedy =
            if let nextCommand {
                "The next step would be: \(nextCommand)"
            } else {
                "Its outcome is known. For another try: followup referral add \(caseNumber.description)"
            }
        return RuleViolation(.stateOrder, refusal.message, remedy: remedy)
    }
}
