package import CivilTime

/// The course of an episode in a line: what a summary shows of it besides the episode's own facts.
///
/// Of a settled episode it is final, as its results are.
package struct EpisodeOutline: Hashable, Sendable {
    package var visits = 0
    /// Completed visits with the family at or after the response.
    package var contacts = 0
    package var firstContactAt: Instant?
    package var attempts = 0
    /// Versions of the safety plan.
    package var plans = 0
    /// When the first of them became active.
    package var firstPlanAt: Instant?
    package var extensions = 0
    package var referrals = 0
    package var referralsConnected = 0
    /// The last day of the follow-up window; `nil` where there is none.
    package var windowEndsOn: CivilDate?
    /// Whether an extension has moved the end of the window.
    package var isWindowExtended = false
    /// Whether the arrival clock was kept; `nil` where there is none, while it runs, and where something else ended it
    /// in time.
    package var arrival: Bool?
    /// Deadlines that are overdue; none of a settled episode.
    package var overdue = 0

    package init() {}
}

extension EpisodeOutline {
    /// Without what deadlines say.
    init(of history: EpisodeHistory, under practice: Practice) {
        visits = history.visits.count
        attempts = history.visits.count(where: \.isAttempt)
        if let response = history.response {
            for visit in history.visits where visit.isContact(since: response) {
                contacts += 1
                firstContactAt = firstContactAt ?? visit.at
            }
        }
        plans = history.plans.count
        firstPlanAt = history.plans.first?.activatedAt
        extensions = history.extensions.count
        referrals = history.referrals.count
        referralsConnected = history.referrals.count { $0.state == .connected }
        let window = history.window(under: practice)
        windowEndsOn = window?.lastDay
        isWindowExtended = window?.isExtended ?? false
    }
}
