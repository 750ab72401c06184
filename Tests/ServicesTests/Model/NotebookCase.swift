import CivilTime
import CrisisCare

/// What the notebook has of one case.
struct NotebookCase {
    struct Seen: Equatable {
        let id: RecordID<Visit>
        var at: Instant
        var result: ContactResult
        var with: ContactWith
        var promised: CivilDate?
        /// A reason was given for reaching the caregiver of a youth who consented alone.
        var isOverruled = false
        var version = 1

        var isWithFamily: Bool { with == .youth || isWithCaregiver }
        var isWithCaregiver: Bool { with == .caregiver || with == .both }
        /// No answer, no-show, cancelled, unable to locate: counted, and no contact.
        var isAttempt: Bool { isWithFamily && result != .completed }
    }

    struct Plan {
        let at: Instant
        let reviewOn: CivilDate?
    }

    struct Review {
        let at: Instant
        let next: CivilDate?
    }

    struct Draft {
        var lacksCoping: Bool
        var lacksTheRest: Bool
        var reviewOn: CivilDate?
        var version: Int
        var savedAt: Instant
    }

    struct Extension {
        let grantedAt: Instant
        let newEnd: CivilDate
    }

    struct Leaving {
        var at: Instant
        var on: CivilDate
        var reason: String
    }

    let number: String
    let site: String
    var client: Int
    var program = Notebook.youth
    var mode: ResponseMode
    var call: Instant
    var transferredAt: Instant?
    var dispatchedAt: Instant?
    var arrivedAt: Instant?
    var isMinorConsented = false
    var isWarmTransfer = false
    /// The call center was told how the case stands.
    var isReturned = false
    var clinician: String
    var sourceRef: String?
    var visits: [Seen] = []
    var voidedVisits: [RecordID<Visit>] = []
    var plans: [Plan] = []
    var reviews: [Review] = []
    var declinedAt: Instant?
    var draft: Draft?
    var referrals: [NotebookReferral] = []
    var extensions: [Extension] = []
    var leaving: Leaving?
    var isVoided = false
    var version = 1

    init(number: String, site: String, client: Int, mode: ResponseMode, call: Instant, clinician: String) {
        self.number = number
        self.site = site
        self.client = client
        self.mode = mode
        self.call = call
        self.clinician = clinician
    }

    var isPhone: Bool { mode == .phone }
    var isOpen: Bool { leaving == nil && !isVoided }
    /// The arrival, or for a phone-only episode the call.
    var response: Instant? { isPhone ? call : arrivedAt }

    /// Completed, with the family, at or after the response; by their time, then by entry.
    var contacts: [Seen] { contactPlaces.map { visits[$0] } }

    private var contactPlaces: [Int] {
        guard let response else { return [] }
        return visits.indices
            .filter { visits[$0].result == .completed && visits[$0].isWithFamily && visits[$0].at >= response }
            .sorted { (visits[$0].at, $0) < (visits[$1].at, $1) }
    }

    var attempts: Int { visits.count(where: \.isAttempt) }

    var attemptsSinceContact: Int {
        let since = contactPlaces.last
        return visits.indices.count { place in
            guard visits[place].isAttempt else { return false }
            if let since { return (visits[place].at, place) > (visits[since].at, since) }
            return visits[place].at >= response ?? call
        }
    }

    /// What a call center would be told; nothing before somebody has met the family.
    var hasSomethingToTell: Bool { isPhone || arrivedAt != nil || leaving != nil }

    /// The case as it stood at an instant: by the facts' own time, not by when they were typed.
    func asOf(_ instant: Instant) -> NotebookCase? {
        guard call <= instant else { return nil }
        var past = self
        if let at = arrivedAt, at > instant { past.arrivedAt = nil }
        if let at = declinedAt, at > instant { past.declinedAt = nil }
        if let leaving, leaving.at > instant { past.leaving = nil }
        past.visits.removeAll { $0.at > instant }
        past.plans.removeAll { $0.at > instant }
        past.reviews.removeAll { $0.at > instant }
        past.extensions.removeAll { $0.grantedAt > instant }
        past.referrals = referrals.compactMap { $0.asOf(instant) }
        return past
    }

    /// First and last day of the follow-up window by the extensions that had been granted at an instant.
    func window(at instant: Instant, _ policy: NotebookPolicy, _ zone: Zone) -> ClosedRange<CivilDate>? {
        guard let days = policy.windowDays, let response else { return nil }
        let first = zone.date(of: response)
        let end = extensions.filter { $0.grantedAt <= instant }.map(\.newEnd).max()
        return first...max(end ?? first, first.adding(days: days))
    }
}

/// A referral as a list of steps.
struct NotebookReferral {
    struct Step {
        let state: ReferralState
        let at: Instant
        var appointment: Instant?
    }

    let ref: String
    var steps: [Step]

    var state: ReferralState { steps.last?.state ?? .identified }
    var isOpen: Bool { Self.open.contains(state) }

    static let open: Set<ReferralState> = [
        .identified, .offered, .sent, .accepted, .waitlisted, .scheduled, .noShow, .cancelled,
    ]

    /// What may come next. Source: the closed loop of the practice's description.
    static func next(after state: ReferralState) -> Set<ReferralState> {
        let onward: Set<ReferralState> =
            switch state {
            case .identified: [.offered]
            case .offered: [.sent]
            case .sent: [.accepted, .rejected, .waitlisted]
            case .waitlisted: [.accepted, .rejected]
            case .accepted: [.scheduled, .attended]
            case .scheduled: [.scheduled, .attended, .noShow, .cancelled]
            case .noShow, .cancelled: [.scheduled]
            case .attended: [.connected]
            default: []
            }
        return open.contains(state) ? onward.union([.declinedByFamily, .closedWithoutConnection]) : onward
    }

    func asOf(_ instant: Instant) -> NotebookReferral? {
        var past = self
        past.steps.removeAll { $0.at > instant }
        return past.steps.isEmpty ? nil : past
    }
}
