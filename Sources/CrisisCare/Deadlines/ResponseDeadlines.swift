package import CivilTime

extension Policy {
    /// From which instant the 45 minutes are counted; where the policy's instant was not recorded, from the call.
    package func responseClockStart(callReceivedAt: Instant, transferredAt: Instant?, callEndedAt: Instant?) -> Instant
    {
        switch responseClock {
        case .callReceived: callReceivedAt
        case .transferred: transferredAt ?? callReceivedAt
        case .callEnded: callEndedAt ?? callReceivedAt
        }
    }
}

extension EpisodeHistory {
    package func responseClockStart(under policy: Policy) -> Instant {
        policy.responseClockStart(
            callReceivedAt: callReceivedAt,
            transferredAt: transferredAt,
            callEndedAt: callEndedAt
        )
    }

    /// `arrival` for an immediate mobile episode, `deferred-response` for a deferred one; both are met by the arrival.
    func responseDeadline(under practice: Practice) -> Deadline? {
        let policy = practice.policy
        let kind: DeadlineKind
        let start: Instant
        let seconds: Int
        switch mode {
        case .mobile:
            guard let minutes = policy.arrivalMinutes else { return nil }
            start = responseClockStart(under: policy)
            (kind, seconds) = (.arrival, (minutes + policy.arrivalAllowanceMinutes) * 60)
        case .deferredMobile:
            guard let hours = policy.deferredResponseHours else { return nil }
            // The policy chooses a start for the 45 minutes only; 48 hours run from the call (practice.md section 2).
            start = callReceivedAt
            (kind, seconds) = (.deferredResponse, hours * 3600)
        case .phone:
            return nil
        }
        return Deadline(
            kind: kind,
            about: .episode,
            startedBy: id.value,
            startedAt: start,
            dueAt: start.adding(seconds: Int64(seconds)),
            outcome: arrivedAt.map(Deadline.Outcome.met) ?? .open
        )
    }
}
