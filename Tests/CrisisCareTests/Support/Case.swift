import CivilTime
import Testing

@testable import CrisisCare

/// Histories to start a test from. The facts are put in without asking a rule, so that clocks are tested alone.
enum Case {
    /// Monday, 2026-06-01. Its window ends on 2026-07-13, day 42.
    static let call = at("2026-06-01 10:00")
    static let arrival = at("2026-06-01 10:30")

    static func mobile(call: Instant = call, arrived: Instant? = arrival) -> EpisodeHistory {
        opened(.mobile, call: call, arrived: arrived)
    }

    static func deferred(call: Instant = call, arrived: Instant? = nil) -> EpisodeHistory {
        opened(.deferredMobile, call: call, arrived: arrived)
    }

    static func phone(call: Instant = call) -> EpisodeHistory {
        opened(.phone, call: call, arrived: nil)
    }

    private static func opened(_ mode: ResponseMode, call: Instant, arrived: Instant?) -> EpisodeHistory {
        var history = EpisodeHistory(id: EpisodeID(1), mode: mode, callReceivedAt: call)
        history.arrivedAt = arrived
        return history
    }
}

extension EpisodeHistory {
    /// The ids of a test's records ascend in the order in which it makes them.
    private var nextID: Int64 {
        let steps = referrals.reduce(0) { $0 + $1.events.count + 1 }
        return 100 + Int64(visits.count + plans.count + reviews.count + extensions.count + steps)
    }

    mutating func addVisit(
        _ instant: Instant,
        _ result: ContactResult = .completed,
        with: ContactWith = .youth,
        promised: CivilDate? = nil
    ) {
        visits.append(.at(instant, result, with: with, promised: promised, id: nextID))
        visits.sort { ($0.at, $0.id) < ($1.at, $1.id) }
    }

    mutating func addPlan(_ instant: Instant, reviewOn: CivilDate? = nil) {
        let id = RecordID<PlanVersion>(nextID)
        plans.append(PlanVersion(id: id, version: plans.count + 1, activatedAt: instant, reviewOn: reviewOn))
    }

    mutating func addReview(_ instant: Instant, next: CivilDate? = nil) {
        reviews.append(PlanReview(id: RecordID(nextID), at: instant, nextReviewOn: next))
    }

    mutating func addExtension(_ instant: Instant, to end: CivilDate) {
        extensions.append(WindowExtension(id: RecordID(nextID), grantedAt: instant, newEnd: end))
    }

    /// A referral with its steps.
    @discardableResult
    mutating func addReferral(_ steps: (ReferralState, Instant)...) -> RecordID<Referral> {
        let id = RecordID<Referral>(nextID)
        referrals.append(Referral(id: id, events: []))
        for (state, instant) in steps { addStep(state, instant) }
        return id
    }

    /// The next step of the last referral.
    mutating func addStep(_ state: ReferralState, _ instant: Instant, appointment: Instant? = nil) {
        let id = RecordID<ReferralEvent>(nextID)
        referrals[referrals.count - 1].events
            .append(ReferralEvent(id: id, at: instant, state: state, appointmentAt: appointment))
    }
}

extension Visit {
    static func at(
        _ instant: Instant,
        _ result: ContactResult = .completed,
        with: ContactWith = .youth,
        promised: CivilDate? = nil,
        id: Int64 = 900
    ) -> Visit {
        Visit(id: RecordID(id), at: instant, mode: .inPerson, result: result, with: with, promisedNext: promised)
    }
}
