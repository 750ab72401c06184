package import CivilTime

/// The clocks of the practice; the raw values are the codes of `overdue`. Source: practice.md section 2.
package enum DeadlineKind: String, CaseIterable, Sendable {
    case arrival
    case deferredResponse = "deferred-response"
    case firstContact = "first-contact"
    case nextContact = "next-contact"
    case safetyPlan = "safety-plan"
    case planReview = "plan-review"
    case referralAnswer = "referral-answer"
    case firstAppointment = "first-appointment"
    case close
}

/// Something that has to happen by an instant; whatever is overdue anywhere is an open deadline whose instant has passed.
package struct Deadline: Hashable, Sendable {
    package var kind: DeadlineKind
    package var about: About
    /// The record that started the clock; with the kind it tells the deadlines of an episode apart.
    package var startedBy: Int64
    package var startedAt: Instant
    /// The last instant at which it is met in time; for a civil date the last second of that local day.
    package var dueAt: Instant
    package var outcome: Outcome

    package init(
        kind: DeadlineKind,
        about: About,
        startedBy: Int64,
        startedAt: Instant,
        dueAt: Instant,
        outcome: Outcome
    ) {
        self.kind = kind
        self.about = about
        self.startedBy = startedBy
        self.startedAt = startedAt
        self.dueAt = dueAt
        self.outcome = outcome
    }

    /// What the deadline is about.
    package enum About: Hashable, Sendable {
        case episode
        case plan(version: Int)
        case referral(RecordID<Referral>)
    }

    package enum Outcome: Hashable, Sendable {
        case open
        case met(Instant)
        case cancelled(Instant, CancelReason)
    }

    /// Why a deadline ended without being met.
    package enum CancelReason: String, CaseIterable, Sendable {
        case discharged
        case planDeclined = "plan declined"
        case referralEnded = "referral ended"
    }

    /// Overdue is an open deadline whose due instant has passed: at 45:00 it is met, at 45:01 it is overdue.
    package func isOverdue(at instant: Instant) -> Bool {
        outcome == .open && dueAt < instant
    }
}
