internal import CivilTime
internal import CrisisCare

extension Measure {
    /// The Crisis Safety Plan and its reviews.
    static let safetyPlans = [
        Measure(
            id: "plan-in-time",
            section: .plans,
            words: "Complete plan in time (7 days)",
            numerator: "first activations of a complete plan within the policy's days of the response",
            denominator: "responses whose clock of the plan was met or has run out",
            exclusions: """
                programs and episodes without that clock; clocks that still run, or that a discharge or the family's \
                decline ended in time
                """,
            unit: .share,
            observe: { facts, tally in
                if let isKept = facts.results.safetyPlan { tally.count(isKept) }
            }
        ),
        Measure(
            id: "plan-reviews-kept",
            section: .plans,
            words: "Plan reviews kept",
            numerator: "plan reviews that took place by their date",
            denominator: "plan reviews whose clock was met or has run out",
            exclusions: "reviews that fall after the window; clocks that still run, or that a discharge ended in time",
            unit: .share,
            observe: { facts, tally in
                tally.count(facts.results.reviews)
            }
        ),
    ]
}
