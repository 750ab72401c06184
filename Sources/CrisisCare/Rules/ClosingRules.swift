package import CivilTime

/// What still has to be done before an episode can be closed. Source: practice.md sections 2, 4 and 5.
package enum ClosingGap: Hashable, Sendable {
    /// No complete plan is active and no decline is recorded.
    case plan
    /// Referrals whose outcome is not known.
    case referrals(Int)
    /// "Unable to reach" with fewer attempts than the policy asks.
    case attempts(made: Int, needed: Int)

    package var rule: Rule {
        switch self {
        case .plan: .planMissing
        case .referrals: .referralOpen
        case .attempts: .attemptsTooFew
        }
    }

    package var description: String {
        switch self {
        case .plan: "an active Crisis Safety Plan, or the family's decline of one"
        case .referrals(1): "the outcome of 1 referral, or a reason to hand it over (--hand-over)"
        case .referrals(let count): "the outcomes of \(count) referrals, or a reason to hand them over (--hand-over)"
        case .attempts(let made, let needed):
            "\(needed) attempts without contact before \"\(NamedCode.unableToReach)\"; \(made) are recorded"
        }
    }
}

/// How an episode is to be closed.
package struct Closing: Sendable {
    package var discharge: Discharge
    package var isUnableToReach: Bool
    /// Open referrals are handed over, with a reason that the record keeps.
    package var handsOverReferrals: Bool
    /// A supervisor overrules the gate, or the discharge is imported history; the record keeps the reason.
    package var isOverruled: Bool

    package init(discharge: Discharge, isUnableToReach: Bool, handsOverReferrals: Bool, isOverruled: Bool) {
        self.discharge = discharge
        self.isUnableToReach = isUnableToReach
        self.handsOverReferrals = handsOverReferrals
        self.isOverruled = isOverruled
    }
}

extension EpisodeHistory {
    /// All that is missing for a closing, at once.
    package func gaps(for closing: Closing, under practice: Practice) -> [ClosingGap] {
        guard let history = asOf(closing.discharge.at) else { return [] }
        var gaps: [ClosingGap] = []
        if mode.isMobile, practice.policy.safetyPlanDays != nil, history.plans.isEmpty, history.planDeclinedAt == nil {
            gaps.append(.plan)
        }
        // Answers may be later than the discharge, so the referrals count as they stand now.
        let open = referrals.count { $0.state.isOpen }
        if open > 0, !closing.handsOverReferrals { gaps.append(.referrals(open)) }
        let attempts = history.attemptsSinceContact
        let needed = practice.policy.attemptsBeforeUnableToReach
        if closing.isUnableToReach, attempts < needed { gaps.append(.attempts(made: attempts, needed: needed)) }
        return gaps
    }

    /// Discharges: closes the episode and with it every open deadline.
    ///
    /// A discharge after the window's end is late, never refused.
    package mutating func close(_ closing: Closing, now: Instant, under practice: Practice) throws(RuleViolation) {
        guard discharge == nil else {
            throw RuleViolation(
                .episodeClosed,
                "the episode is already discharged",
                remedy: "Nothing is left to do; a supervisor can reopen it."
            )
        }
        try Self.checkPast("the discharge", at: closing.discharge.at, now: now)
        var changed = self
        changed.discharge = closing.discharge
        try changed.checkStepOrder()
        let gaps = gaps(for: closing, under: practice)
        if let first = gaps.first, !closing.isOverruled {
            throw RuleViolation(
                first.rule,
                "the episode cannot be closed yet; missing: " + gaps.map(\.description).joined(separator: "; "),
                remedy: "Complete what is missing, or a supervisor can overrule with --override and a reason."
            )
        }
        try changed.checkNothingFollowsDischarge()
        self = changed
    }

    private func checkNothingFollowsDischarge() throws(RuleViolation) {
        guard let discharge else { return }
        var records = visits.map(\.at) + plans.map(\.activatedAt) + extensions.map(\.grantedAt) + reviews.map(\.at)
        if let planDeclinedAt { records.append(planDeclinedAt) }
        // Answers and appointments may be later than the discharge.
        records += referrals.flatMap(\.events).filter { !$0.state.mayFollowDischarge }.map(\.at)
        let last = records.max()
        guard last ?? discharge.at <= discharge.at else {
            throw RuleViolation(
                .episodeClosed,
                "something is recorded in this case after that discharge",
                remedy: "Give a later discharge, or void what was recorded by mistake."
            )
        }
    }
}
