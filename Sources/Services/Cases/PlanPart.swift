internal import CivilTime
package import CrisisCare

/// The parts of a Crisis Safety Plan by the words that `plan set`, `plan show` and `plan diff` know them by.
package enum PlanPart: String, CaseIterable, Sendable {
    case warningSigns = "warning-signs"
    case coping
    case distraction
    case helpers
    case professionals
    case safeEnvironment = "safe-environment"
    case lethalMeans = "lethal-means"
    case calm
    case escalating
    case triggers
    case helped
    case crisis
    case school
    case youth
    case caregiver
    case copy
    case review

    package init(_ step: PlanStep) {
        self =
            switch step {
            case .warningSigns: .warningSigns
            case .coping: .coping
            case .distraction: .distraction
            case .helpers: .helpers
            case .professionals: .professionals
            case .safeEnvironment: .safeEnvironment
            }
    }

    package init(_ addition: PlanAddition) {
        self =
            switch addition {
            case .calm: .calm
            case .escalating: .escalating
            case .triggers: .triggers
            case .helped: .helped
            case .crisis: .crisis
            case .school: .school
            }
    }

    /// The step of which this part holds the entries; `nil` for the other parts.
    package var step: PlanStep? {
        PlanStep.allCases.first { PlanPart($0) == self }
    }

    /// What child and family add, of which this part holds the entries; `nil` for the other parts.
    package var addition: PlanAddition? {
        PlanAddition.allCases.first { PlanPart($0) == self }
    }

    /// Whether the part is a list of entries, to which one can be added; the others have one value.
    package var isList: Bool {
        step != nil || addition != nil || self == .lethalMeans
    }
}

extension PlanContent {
    /// What a part says, line by line as it is written; empty where it says nothing.
    package func lines(of part: PlanPart) -> [String] {
        switch part {
        case .lethalMeans: lethalMeans.map(\.text)
        case .youth: Self.line(youthTookPart)
        case .caregiver: Self.line(caregiverTookPart)
        case .copy: copyGiven.isEmpty ? [] : [copyGiven]
        case .review: reviewOn.map { [$0.description] } ?? []
        default: part.step.flatMap { entries[$0] } ?? part.addition.flatMap { additions[$0] } ?? []
        }
    }

    private static func line(_ tookPart: Bool?) -> [String] {
        tookPart.map { [$0 ? "yes" : "no"] } ?? []
    }
}
