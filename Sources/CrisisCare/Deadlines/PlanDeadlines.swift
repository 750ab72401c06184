internal import CivilTime

extension EpisodeHistory {
    /// `safety-plan` from the response, and `plan-review` from each activation and each review.
    func addPlanDeadlines(
        to deadlines: inout [Deadline],
        in window: FollowUpWindow?,
        under practice: Practice
    ) {
        if let days = practice.policy.safetyPlanDays, let response {
            deadlines.append(
                Deadline(
                    kind: .safetyPlan,
                    about: .episode,
                    startedBy: id.value,
                    startedAt: response,
                    dueAt: practice.endOfDay(days, after: response),
                    outcome: safetyPlanOutcome
                )
            )
        }
        guard let days = practice.policy.planReviewDays else { return }
        let starts = planReviewStarts
        for (index, start) in starts.enumerated() {
            let due = start.reviewOn ?? practice.zone.date(of: start.at).adding(days: days)
            // After the window's last day there is no review to wait for: `close` governs there.
            if let window, due > window.lastDay { continue }
            deadlines.append(
                Deadline(
                    kind: .planReview,
                    about: .plan(version: start.version),
                    startedBy: start.startedBy,
                    startedAt: start.at,
                    dueAt: practice.zone.endOfDay(due),
                    outcome: index + 1 < starts.count ? .met(starts[index + 1].at) : .open
                )
            )
        }
    }

    /// Met by the first activation; a recorded decline cancels it (practice.md section 2).
    private var safetyPlanOutcome: Deadline.Outcome {
        switch (plans.first?.activatedAt, planDeclinedAt) {
        case (let activated?, let declined?) where activated > declined: .cancelled(declined, .planDeclined)
        case (let activated?, _): .met(activated)
        case (nil, let declined?): .cancelled(declined, .planDeclined)
        case (nil, nil): .open
        }
    }

    /// What starts a review clock, in order; each one ends the clock of the one before it.
    private var planReviewStarts: [(at: Instant, version: Int, startedBy: Int64, reviewOn: CivilDate?)] {
        var starts = plans.map {
            (at: $0.activatedAt, version: $0.version, startedBy: $0.id.value, reviewOn: $0.reviewOn)
        }
        for review in reviews {
            guard let plan = plans.last(where: { $0.activatedAt <= review.at }) else { continue }
            starts.append((review.at, plan.version, review.id.value, review.nextReviewOn))
        }
        starts.sort { ($0.at, $0.version, $0.startedBy) < ($1.at, $1.version, $1.startedBy) }
        return starts
    }
}
