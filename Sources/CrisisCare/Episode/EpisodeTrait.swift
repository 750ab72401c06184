package import CivilTime

/// What a list of episodes can be narrowed to: questions about a case's facts, each answered here alone.
///
/// A stored answer may serve a list faster; it is the same answer, and a test compares the two.
package enum EpisodeTrait: Hashable, Sendable {
    /// It is to be closed within so many days after today, or is late with it: by its `close` deadline.
    case closingSoon(days: Int)
    /// No completed contact with the family since the response; before any response there is none either.
    case noContact
    /// It cannot be closed for want of a plan: none is active, and no decline is recorded (practice.md section 2).
    case noPlan
    /// A referral went out and its outcome is not known yet (practice.md section 5).
    case waitingOnReferral
    /// Its follow-up window was lengthened.
    case extended
    /// So many attempts since the last contact that it may be closed as "unable to reach" (practice.md section 2).
    case unableToReach
}

extension EpisodeTrait {
    /// Whether the case has this trait as its history stands.
    ///
    /// - Parameter history: the facts up to the instant.
    package func holds(for history: EpisodeHistory, at instant: Instant, under practice: Practice) -> Bool {
        switch self {
        case .closingSoon(let days):
            let end = Self.end(days: days, after: instant, in: practice.zone)
            return history.deadlines(under: practice).contains {
                $0.kind == .close && $0.outcome == .open && $0.dueAt < end
            }
        case .noContact:
            return history.contacts.isEmpty
        case .noPlan:
            let closing = Closing(
                discharge: Discharge(at: instant, on: practice.zone.date(of: instant)),
                isUnableToReach: false,
                handsOverReferrals: true,
                isOverruled: false
            )
            return history.gaps(for: closing, under: practice).contains(.plan)
        case .waitingOnReferral:
            return history.referrals.contains { $0.state.isAwaited }
        case .extended:
            return history.window(under: practice)?.isExtended ?? false
        case .unableToReach:
            let attempts = history.attemptsSinceContact
            return attempts > 0 && attempts >= practice.policy.attemptsBeforeUnableToReach
        }
    }

    /// The first instant that is later than so many days after the day of an instant.
    package static func end(days: Int, after instant: Instant, in zone: Zone) -> Instant {
        zone.startOfDay(zone.date(of: instant).adding(days: days + 1))
    }
}

extension ReferralState {
    /// Sent on its way, and its outcome is not known yet: somebody else is to act.
    package var isAwaited: Bool {
        isOpen && self != .identified && self != .offered
    }
}
