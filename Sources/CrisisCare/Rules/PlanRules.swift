package import CivilTime

extension EpisodeHistory {
    /// Activates a version of the Crisis Safety Plan; only a complete one can be active (practice.md section 4).
    package mutating func activate(
        _ plan: PlanVersion,
        content: PlanContent,
        now: Instant,
        under practice: Practice
    ) throws(RuleViolation) {
        try checkOccurrence(of: "the plan", at: plan.activatedAt, now: now)
        guard plans.allSatisfy({ $0.activatedAt <= plan.activatedAt }) else {
            throw RuleViolation(
                .stateOrder,
                "a later version of the plan is already active",
                remedy: "Check the date; versions follow each other."
            )
        }
        let gaps = content.gaps(in: window(at: plan.activatedAt, under: practice))
        guard gaps.isEmpty else {
            throw RuleViolation(
                .planIncomplete,
                "the Crisis Safety Plan is not complete; it lacks: " + gaps.map(\.description).joined(separator: "; "),
                remedy: "Fill in what is missing and activate it again."
            )
        }
        plans.append(plan)
    }

    /// Records that the family does not want a plan.
    /// - Parameter isDespitePlan: whoever records it knows that a version is active, which stays as it is.
    package mutating func declinePlan(
        at instant: Instant,
        isDespitePlan: Bool = false,
        now: Instant
    ) throws(RuleViolation) {
        try checkOccurrence(of: "the decline", at: instant, now: now)
        // The one that was active at that time, which a later version may have superseded since.
        if let plan = plans.last(where: { $0.activatedAt <= instant }), !isDespitePlan {
            let verb = plan == plans.last ? "is active" : "was active at that time"
            throw RuleViolation(
                .stateOrder,
                "version \(plan.version) of the Crisis Safety Plan \(verb), and the family has it",
                remedy: "Check the case. If the family wants it no longer, add --despite-plan; the version stays."
            )
        }
        planDeclinedAt = min(planDeclinedAt ?? instant, instant)
    }

    /// Records a review of the active version.
    package mutating func record(_ review: PlanReview, now: Instant) throws(RuleViolation) {
        try checkOccurrence(of: "the review", at: review.at, now: now)
        guard plans.contains(where: { $0.activatedAt <= review.at }) else {
            throw RuleViolation(
                .planMissing,
                "no version of the Crisis Safety Plan was active at that time",
                remedy: "Activate a plan first."
            )
        }
        let place = reviews.lastIndex { ($0.at, $0.id) < (review.at, review.id) }
        reviews.insert(review, at: place.map { $0 + 1 } ?? 0)
    }
}
