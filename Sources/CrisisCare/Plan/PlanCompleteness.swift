internal import CivilTime

/// What a Crisis Safety Plan lacks to be complete. Source: practice.md section 4.
package enum PlanGap: Hashable, Sendable {
    case step(PlanStep)
    case reachableAdult
    case crisisLine(String)
    case lethalMeans
    case participation
    case copyGiven
    case reviewDate
    case reviewOutsideWindow(FollowUpWindow)

    package var description: String {
        switch self {
        case .step(let step): "step \(step.rawValue), \(step.name): an entry, or \"not applicable: \" and why"
        case .reachableAdult: "among the helpers, an adult with a phone number of at least ten digits"
        case .crisisLine(let number): "\(number) among the professionals"
        case .lethalMeans:
            "the outcome of the lethal-means conversation, each means as \"medication: asked, present, locked by caregiver\""
        case .participation: "whether youth and caregiver took part"
        case .copyGiven: "whether a copy was given, or \"no: \" and why not"
        case .reviewDate: "a review date"
        case .reviewOutsideWindow(let window):
            "a review date inside the follow-up window, \(window.firstDay) to \(window.lastDay)"
        }
    }
}

extension PlanContent {
    /// Professional contacts that every plan names (practice.md section 4).
    private static let crisisLines = ["988", "2-1-1"]
    /// Digits of a phone number on which an adult can be reached (practice.md section 4).
    private static let phoneDigits = 10
    /// How a step is marked that does not apply; a colon and the reason follow.
    private static let notApplicable = "not applicable"
    /// How a copy that was not given is recorded; the reason follows.
    private static let noCopy = "no:"

    /// Everything that is missing, in the order of the plan; empty when the plan is complete. An empty plan never is.
    /// - Parameter window: the follow-up window at the activation; `nil` where there is none, and any review date serves.
    package func gaps(in window: FollowUpWindow?) -> [PlanGap] {
        var gaps = PlanStep.allCases.filter { !has($0) }.map(PlanGap.step)
        if !hasReachableAdult { gaps.append(.reachableAdult) }
        gaps += Self.crisisLines.filter { !names(crisisLine: $0) }.map(PlanGap.crisisLine)
        if lethalMeans.isEmpty || !lethalMeans.allSatisfy(\.hasOutcome) { gaps.append(.lethalMeans) }
        if youthTookPart == nil || caregiverTookPart == nil { gaps.append(.participation) }
        if !copyIsAccountedFor { gaps.append(.copyGiven) }
        if let reviewOn {
            if let window, reviewOn < window.firstDay || reviewOn > window.lastDay {
                gaps.append(.reviewOutsideWindow(window))
            }
        } else {
            gaps.append(.reviewDate)
        }
        return gaps
    }

    private func has(_ step: PlanStep) -> Bool {
        (entries[step] ?? []).contains { entry in
            let words = entry.drop(while: \.isWhitespace)
            guard words.lowercased().hasPrefix(Self.notApplicable) else { return !words.isEmpty }
            return words.dropFirst(Self.notApplicable.count).contains(where: \.isLetter)
        }
    }

    private var hasReachableAdult: Bool {
        (entries[.helpers] ?? []).contains { PhoneText.longestNumber(in: $0) >= Self.phoneDigits }
    }

    private func names(crisisLine: String) -> Bool {
        let wanted = crisisLine.filter(\.isNumber)
        return (entries[.professionals] ?? []).contains { PhoneText.names(wanted, in: $0) }
    }

    private var copyIsAccountedFor: Bool {
        if copyGiven == "yes" { return true }
        return copyGiven.hasPrefix(Self.noCopy) && !copyGiven.dropFirst(Self.noCopy.count).isBlank
    }
}
