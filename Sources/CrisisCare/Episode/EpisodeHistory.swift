package import CivilTime

/// The facts of one episode that rules and clocks depend on, without what was voided.
///
/// A pure value: names, notes and codes that no rule looks at stay in Storage.
package struct EpisodeHistory: Sendable {
    package let id: EpisodeID
    package var mode: ResponseMode
    package var callReceivedAt: Instant
    package var transferredAt: Instant?
    package var callEndedAt: Instant?
    package var dispatchedAt: Instant?
    package var arrivedAt: Instant?
    package var minorConsented: Bool
    package var discharge: Discharge?
    /// In the order in which they were granted.
    package var extensions: [WindowExtension] = []
    /// By occurrence, then by entry.
    package var visits: [Visit] = []
    /// By activation, then by entry; the last one is the active version.
    package var plans: [PlanVersion] = []
    /// By occurrence, then by entry.
    package var reviews: [PlanReview] = []
    /// When the family said that it wants no plan.
    package var planDeclinedAt: Instant?
    package var referrals: [Referral] = []

    package init(id: EpisodeID, mode: ResponseMode, callReceivedAt: Instant, minorConsented: Bool = false) {
        self.id = id
        self.mode = mode
        self.callReceivedAt = callReceivedAt
        self.minorConsented = minorConsented
    }

    /// The arrival for a mobile or deferred mobile episode, the call for a phone-only one (practice.md section 2).
    package var response: Instant? {
        mode.isMobile ? arrivedAt : callReceivedAt
    }

    /// Completed visits with the family at or after the response (practice.md section 2).
    package var contacts: [Visit] {
        guard let response else { return [] }
        return visits.filter { $0.isContact(since: response) }
    }

    /// The latest of them, without the others.
    package var lastContact: Visit? {
        guard let response else { return nil }
        return visits.last { $0.isContact(since: response) }
    }

    /// Whether the discharge is in effect at an instant.
    package func isClosed(at instant: Instant) -> Bool {
        discharge.map { $0.at <= instant } ?? false
    }

    /// Attempts since the last contact, or the response, or, before any response, the call.
    package var attemptsSinceContact: Int {
        let since = lastContact
        return visits.count { visit in
            guard visit.isAttempt else { return false }
            if let since { return (visit.at, visit.id) > (since.at, since.id) }
            return visit.at >= response ?? callReceivedAt
        }
    }
}
