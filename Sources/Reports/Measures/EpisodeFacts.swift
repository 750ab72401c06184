package import CivilTime
package import CrisisCare
package import Storage

/// One episode as the measures see it: its facts up to the as-of instant, and what the rules give for them.
package struct EpisodeFacts: Sendable {
    package let row: MeasuredRow
    /// The facts up to the as-of instant.
    package let history: EpisodeHistory
    /// The service of each referral of the history, in its order.
    package let services: [CodeID]
    package let deadlines: [Deadline]
    package let contacts: Int
    package let attempts: Int
    package let practice: Practice
    package let asOf: Instant
    /// The civil day of the call.
    package let callDay: CivilDate
    package let names: MeasureNames

    /// - Returns: `nil` when the call lies after the as-of instant.
    init?(_ row: MeasuredRow, practice: Practice, callDay: CivilDate, asOf: Instant, names: MeasureNames) {
        // Most reports are about what has long happened; to look is cheaper than to take away nothing.
        guard let history = row.history.isPast(at: asOf) ? row.history : row.history.asOf(asOf) else { return nil }
        self.row = row
        self.history = history
        services =
            history.referrals.count == row.services.count
            ? row.services
            : zip(row.history.referrals, row.services).filter { known in
                history.referrals.contains { $0.id == known.0.id }
            }.map(\.1)
        deadlines = history.deadlines(under: practice)
        contacts =
            history.response.map { response in
                history.visits.count { $0.isContact(since: response) }
            } ?? 0
        attempts = history.visits.count(where: \.isAttempt)
        self.practice = practice
        self.asOf = asOf
        self.callDay = callDay
        self.names = names
    }

    /// Phone only, face-to-face, or stabilization plus follow-up; `nil` before a mobile team has arrived
    /// (practice.md sections 2 and 3).
    package var type: EpisodeType? {
        guard history.mode.isMobile else { return .phoneOnly }
        guard history.arrivedAt != nil else { return nil }
        return contacts > 0 ? .withFollowUp : .faceToFace
    }

    /// Civil days from the call to the discharge.
    package var lengthOfStay: Int? {
        history.discharge.map { $0.on.days(since: callDay) }
    }

    /// The deadline of a kind of which an episode has one.
    func deadline(_ kind: DeadlineKind) -> Deadline? {
        deadlines.first { $0.kind == kind }
    }

    /// Whether a deadline was kept; `nil` while it still runs, and where something else ended it in time.
    func isKept(_ deadline: Deadline) -> Bool? {
        switch deadline.outcome {
        case .met(let at): at <= deadline.dueAt
        case .cancelled(let at, _): at > deadline.dueAt ? false : nil
        case .open: deadline.isOverdue(at: asOf) ? false : nil
        }
    }

    func days(from start: Instant, to end: Instant) -> Int {
        practice.zone.date(of: end).days(since: practice.zone.date(of: start))
    }
}

extension EpisodeHistory {
    /// Whether nothing of it lies after an instant, so that it is its own history as of then.
    fileprivate func isPast(at instant: Instant) -> Bool {
        func isPast(_ time: Instant?) -> Bool { time ?? callReceivedAt <= instant }
        return isPast(callReceivedAt) && isPast(transferredAt) && isPast(callEndedAt) && isPast(dispatchedAt)
            && isPast(arrivedAt) && isPast(planDeclinedAt) && isPast(discharge?.at)
            && extensions.allSatisfy { $0.grantedAt <= instant } && visits.allSatisfy { $0.at <= instant }
            && plans.allSatisfy { $0.activatedAt <= instant } && reviews.allSatisfy { $0.at <= instant }
            && referrals.allSatisfy { !$0.events.isEmpty && $0.events.allSatisfy { $0.at <= instant } }
    }
}

/// The kind of an episode, derived for reports (practice.md section 3).
package enum EpisodeType: Int, CaseIterable, Sendable {
    case phoneOnly
    case faceToFace
    case withFollowUp

    package var words: String {
        switch self {
        case .phoneOnly: "phone only"
        case .faceToFace: "face-to-face"
        case .withFollowUp: "stabilization plus follow-up"
        }
    }
}

/// What measures need to know of the agency's lists.
package final class MeasureNames: Sendable {
    /// By login.
    package let clinicians: [StaffRecord]
    package let police: CodeID?
    private let places: [StaffID: Int]

    package init(staff: [StaffRecord], codes: CodeBook) {
        clinicians = staff.sorted { $0.login < $1.login }
        places = Dictionary(uniqueKeysWithValues: clinicians.enumerated().map { ($0.element.id, $0.offset) })
        police = codes.id("police", in: .referralSource)
    }

    /// The category of a clinician.
    func place(of clinician: StaffID) -> Int {
        places[clinician] ?? 0
    }
}
