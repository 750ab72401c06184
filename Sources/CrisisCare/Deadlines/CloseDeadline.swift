internal import CivilTime

extension EpisodeHistory {
    /// `close` from the response to the window's last day, or for phone only to the policy's days after the call.
    func closeDeadline(in window: FollowUpWindow?, under practice: Practice) -> Deadline? {
        guard let response, let window else { return nil }
        let due =
            mode.isMobile
            ? window.lastDay
            : practice.zone.date(of: callReceivedAt).adding(days: practice.policy.phoneOnlyCloseDays)
        return Deadline(
            kind: .close,
            about: .episode,
            startedBy: id.value,
            startedAt: response,
            dueAt: practice.zone.endOfDay(due),
            outcome: discharge.map { .met($0.at) } ?? .open
        )
    }
}
