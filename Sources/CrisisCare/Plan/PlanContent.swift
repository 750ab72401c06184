package import CivilTime

/// The six ordered steps of the Stanley-Brown Safety Planning Intervention. Source: practice.md section 4.
package enum PlanStep: Int, CaseIterable, Sendable {
    case warningSigns = 1
    case coping
    case distraction
    case helpers
    case professionals
    case safeEnvironment

    package var name: String {
        switch self {
        case .warningSigns: "warning signs"
        case .coping: "coping strategies"
        case .distraction: "people and places that distract"
        case .helpers: "people to ask for help"
        case .professionals: "professionals and agencies"
        case .safeEnvironment: "making the environment safe"
        }
    }
}

/// What one version of a Crisis Safety Plan says. Source: practice.md section 4.
package struct PlanContent: Hashable, Sendable {
    /// The entries of each step, in order and in the person's own words, exactly as entered.
    package var entries: [PlanStep: [String]]
    /// The outcome of the lethal-means conversation, means by means.
    package var lethalMeans: [LethalMeans]
    /// What child and family added, in their own words.
    package var additions: [PlanAddition: [String]]
    package var youthTookPart: Bool?
    package var caregiverTookPart: Bool?
    /// `yes`, or `no: ` and the reason.
    package var copyGiven: String
    package var reviewOn: CivilDate?

    package init(
        entries: [PlanStep: [String]] = [:],
        lethalMeans: [LethalMeans] = [],
        additions: [PlanAddition: [String]] = [:],
        youthTookPart: Bool? = nil,
        caregiverTookPart: Bool? = nil,
        copyGiven: String = "",
        reviewOn: CivilDate? = nil
    ) {
        self.entries = entries
        self.lethalMeans = lethalMeans
        self.additions = additions
        self.youthTookPart = youthTookPart
        self.caregiverTookPart = caregiverTookPart
        self.copyGiven = copyGiven
        self.reviewOn = reviewOn
    }
}
