package import CivilTime

/// The results of an episode to which nothing more is owed: they are the same as of every instant from one on.
package struct SettledResults: Hashable, Sendable {
    /// The last instant at which anything on record happened.
    package let since: Instant
    package let results: EpisodeResults

    package init(since: Instant, results: EpisodeResults) {
        self.since = since
        self.results = results
    }

    /// - Returns: `nil` for an open episode, whose clocks still run.
    package init?(of history: EpisodeHistory, _ deadlines: [Deadline], under practice: Practice) {
        guard history.discharge != nil, !deadlines.contains(where: { $0.outcome == .open }) else { return nil }
        since = history.latest
        results = EpisodeResults(of: history, deadlines, under: practice, asOf: since)
    }
}

extension EpisodeHistory {
    /// The last instant of its facts; as of then and later it is its own history.
    package var latest: Instant {
        var latest = callReceivedAt
        for time in [transferredAt, callEndedAt, dispatchedAt, arrivedAt, planDeclinedAt, discharge?.at] {
            if let time { latest = max(latest, time) }
        }
        for granted in extensions { latest = max(latest, granted.grantedAt) }
        for visit in visits { latest = max(latest, visit.at) }
        for plan in plans { latest = max(latest, plan.activatedAt) }
        for review in reviews { latest = max(latest, review.at) }
        for referral in referrals {
            for event in referral.events { latest = max(latest, event.at) }
        }
        return latest
    }
}
