/// An episode as of one instant: what lies later does not exist.
struct NaiveMoment {
    let asOf: Int64
    let newYork: NewYork
    let episode: NaiveEpisode
    let arrivedAt: Int64?
    /// The arrival; of a phone-only episode the call.
    let responseAt: Int64?
    /// The window's last day; adults have no window, and before the response there is none.
    let windowEnd: Int?
    let isExtended: Bool
    let isOpen: Bool
    /// The first second of the discharge, known whether or not it has come.
    let dischargeAt: Int64?
    let visits: [NaiveVisit]
    let contacts: [NaiveVisit]
    let plans: [NaivePlan]
    let referrals: [NaiveReferral]

    /// Nil when the call has not been received yet.
    init?(_ episode: NaiveEpisode, asOf: Int64, newYork: NewYork) {
        guard episode.callAt <= asOf else { return nil }
        self.asOf = asOf
        self.newYork = newYork
        self.episode = episode

        var arrived: Int64?
        if let arrivedAt = episode.arrivedAt, arrivedAt <= asOf { arrived = arrivedAt }
        arrivedAt = arrived
        let response = episode.isPhoneOnly ? episode.callAt : arrived
        responseAt = response

        let granted = episode.extensions.filter { $0.grantedAt <= asOf }
        isExtended = !granted.isEmpty
        if let response, !episode.isAdult {
            windowEnd = granted.last?.newEnd ?? newYork.day(of: response) + 42
        } else {
            windowEnd = nil
        }

        // A discharge known by its date takes effect at the next local midnight.
        var discharge: Int64?
        if let day = episode.dischargedOn { discharge = newYork.lastSecond(of: day) + 1 }
        dischargeAt = discharge
        if let discharge { isOpen = asOf < discharge } else { isOpen = true }

        visits = episode.visits.filter { $0.at <= asOf }
        if let response {
            contacts = visits.filter { $0.isCompleted && $0.isWithFamily && $0.at >= response }
        } else {
            contacts = []
        }
        plans = episode.plans.filter { $0.activatedAt <= asOf }
        referrals = episode.referrals.filter { $0.sentAt <= asOf }
    }

    /// Attempts after the last contact; without one at or after the response; without a response since the call.
    var attemptsSinceLastContact: Int {
        var count = 0
        for visit in visits {
            let isContact = visit.isCompleted && visit.isWithFamily && visit.at >= (responseAt ?? Int64.max)
            if isContact { count = 0 }
            if visit.isAttempt && visit.at >= (responseAt ?? episode.callAt) { count += 1 }
        }
        return count
    }
}
