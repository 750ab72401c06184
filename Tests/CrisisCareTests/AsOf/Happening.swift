import CivilTime

@testable import CrisisCare

/// One thing that happened in an episode, at its own time.
struct Happening {
    enum What {
        case call
        case transfer
        case callEnd
        case arrival
        case extended(CivilDate)
        case plan(version: Int, reviewOn: CivilDate?)
        case decline
        case review(next: CivilDate?)
        case visit(Visit)
        case step(RecordID<Referral>, ReferralEvent)
        case discharge
    }

    let at: Instant
    let what: What
    /// Of what happened at one instant: the steps of the response first, the discharge last, the rest by entry.
    let rank: Int64

    init(_ at: Instant, _ what: What, rank: Int64) {
        self.at = at
        self.what = what
        self.rank = rank
    }
}

extension EpisodeHistory {
    /// Everything that happened, in order.
    var happenings: [Happening] {
        var list = [Happening(callReceivedAt, .call, rank: 0)]
        if let transferredAt { list.append(Happening(transferredAt, .transfer, rank: 1)) }
        if let callEndedAt { list.append(Happening(callEndedAt, .callEnd, rank: 1)) }
        if let arrivedAt { list.append(Happening(arrivedAt, .arrival, rank: 2)) }
        if let planDeclinedAt { list.append(Happening(planDeclinedAt, .decline, rank: 3)) }
        if let discharge { list.append(Happening(discharge.at, .discharge, rank: .max)) }
        list += extensions.map { Happening($0.grantedAt, .extended($0.newEnd), rank: $0.id.value) }
        list += plans.map {
            Happening($0.activatedAt, .plan(version: $0.version, reviewOn: $0.reviewOn), rank: $0.id.value)
        }
        list += reviews.map { Happening($0.at, .review(next: $0.nextReviewOn), rank: $0.id.value) }
        list += visits.map { Happening($0.at, .visit($0), rank: $0.id.value) }
        for referral in referrals {
            list += referral.events.map { Happening($0.at, .step(referral.id, $0), rank: $0.id.value) }
        }
        return list.sorted { ($0.at, $0.rank) < ($1.at, $1.rank) }
    }

    /// The same history, in which all that can happen happens at an instant.
    func followed(by instant: Instant) -> EpisodeHistory {
        var history = self
        let today = newYork.date(of: instant)
        if mode.isMobile, arrivedAt == nil { history.arrivedAt = instant }
        if transferredAt == nil { history.transferredAt = instant }
        if callEndedAt == nil { history.callEndedAt = instant }
        if planDeclinedAt == nil { history.planDeclinedAt = instant }
        if discharge == nil { history.discharge = Discharge(at: instant, on: today) }
        history.addExtension(instant, to: today.adding(days: 90))
        history.addVisit(instant)
        history.addPlan(instant)
        history.addReview(instant)
        for index in history.referrals.indices {
            let end = ReferralEvent(id: RecordID(990), at: instant, state: .attended, appointmentAt: instant)
            history.referrals[index].events.append(end)
        }
        history.addReferral((.sent, instant), (.accepted, instant))
        return history
    }
}
