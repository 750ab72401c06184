internal import CrisisCare
internal import SQLite
internal import Storage

/// Names the command for each thing that is missing before a case can be closed.
struct ClosingGuide {
    let caseNumber: CaseNumber
    let openReferrals: [ReferralGuide]
    /// The discharge reason that was given.
    let reason: String

    init(_ record: EpisodeRecord, reason: String, in db: borrowing Access<Writing>) throws {
        caseNumber = record.caseNumber
        self.reason = reason
        openReferrals = try ReferralStore.records(of: record.id, in: db)
            .filter { $0.referral.state.isOpen }
            .map { ReferralGuide(state: $0.referral.state, caseNumber: record.caseNumber, ref: $0.ref) }
    }

    func explaining(_ refusal: RuleViolation, _ gaps: [ClosingGap]) -> RuleViolation {
        let lines = gaps.flatMap(commands) + ["a supervisor can overrule: \(close("--override WHY"))"]
        return RuleViolation(
            refusal.rule,
            refusal.message,
            remedy: "Do what is missing, then close it again:\n" + lines.map { "  \($0)" }.joined(separator: "\n")
        )
    }

    private func commands(for gap: ClosingGap) -> [String] {
        switch gap {
        case .plan:
            [
                "the plan: followup plan draft \(caseNumber), then followup plan activate \(caseNumber)",
                "or the family wants none: followup plan decline \(caseNumber) --by caregiver --reason WHY",
            ]
        case .referrals:
            openReferrals.compactMap { guide in
                guide.nextCommand.map { "referral \(guide.ref) is \(guide.state.rawValue): \($0)" }
            } + ["or hand what is open over: \(close("--hand-over WHY"))"]
        case .attempts:
            ["one more attempt: followup visit log \(caseNumber) --mode phone --with caregiver --result \"no answer\""]
        }
    }

    private func close(_ option: String) -> String {
        "followup episode close \(caseNumber) --reason \"\(reason)\" \(option)"
    }
}
