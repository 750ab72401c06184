package import CivilTime
package import CrisisCare
package import Storage

/// One episode as the measures see it: what is recorded of it, and what came of it up to the as-of instant.
package struct EpisodeFacts: Sendable {
    package let row: MeasuredRow
    /// Up to the as-of instant.
    package let results: EpisodeResults
    package let policy: MeasuredPolicy
    /// The civil day of the call.
    package let callDay: CivilDate
    package let names: MeasureNames

    /// - Returns: `nil` when the call lies after the as-of instant.
    init?(_ row: MeasuredRow, under policy: MeasuredPolicy, callDay: CivilDate, asOf: Instant, names: MeasureNames) {
        switch row.course {
        case .settled(let results):
            self.results = results
        case .unsettled(let recorded):
            guard let history = recorded.asOf(asOf) else { return nil }
            let practice = policy.practice
            let deadlines = history.deadlines(under: practice)
            results = EpisodeResults(of: history, deadlines, under: practice, asOf: asOf)
        case nil:
            return nil
        }
        self.row = row
        self.policy = policy
        self.callDay = callDay
        self.names = names
    }

    /// Phone only, face-to-face, or stabilization plus follow-up; `nil` before a mobile team has arrived
    /// (practice.md sections 2 and 3).
    package var type: EpisodeType? {
        guard results.mode.isMobile else { return .phoneOnly }
        guard results.isReached else { return nil }
        return results.contacts > 0 ? .withFollowUp : .faceToFace
    }

    var isDischarged: Bool { results.stay != nil }
}

/// A program's policy from one day on, by reference: it goes with every episode that it governs.
package final class MeasuredPolicy: Sendable {
    let practice: Practice
    let hasWindow: Bool
    let mobilityExcludesPolice: Bool

    init(_ practice: Practice) {
        self.practice = practice
        hasWindow = practice.policy.windowDays != nil
        mobilityExcludesPolice = practice.policy.mobilityExcludesPolice
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
