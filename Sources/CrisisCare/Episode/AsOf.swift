package import CivilTime

extension EpisodeHistory {
    /// The history as the facts stood at an instant: what lies after it has not happened.
    ///
    /// Facts count by their own time, not by when they were entered (practice.md section 2).
    /// - Returns: `nil` when the call itself lies after the instant.
    package func asOf(_ instant: Instant) -> EpisodeHistory? {
        guard callReceivedAt <= instant else { return nil }
        func known(_ time: Instant?) -> Instant? {
            time.flatMap { $0 <= instant ? $0 : nil }
        }
        var past = self
        past.transferredAt = known(transferredAt)
        past.callEndedAt = known(callEndedAt)
        past.dispatchedAt = known(dispatchedAt)
        past.arrivedAt = known(arrivedAt)
        past.planDeclinedAt = known(planDeclinedAt)
        past.discharge = isClosed(at: instant) ? discharge : nil
        past.extensions.removeAll { $0.grantedAt > instant }
        past.visits.removeAll { $0.at > instant }
        past.plans.removeAll { $0.activatedAt > instant }
        past.reviews.removeAll { $0.at > instant }
        past.referrals = referrals.compactMap { $0.asOf(instant) }
        return past
    }
}
