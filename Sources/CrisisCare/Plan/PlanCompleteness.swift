internal import CivilTime

/// What a Crisis Safety Plan lacks to be complete. Source: practice.md section 4.
package enum PlanGap: Hashable, Sendable {
    private static let exampleOfMeans = "\"medication: asked, present, locked by caregiver\""

    case step(PlanStep)
    case reachableAdult
    case crisisLine(String)
    /// With the places, from 1, of the means whose outcome is not to be read; none where nothing is said of any.
    case lethalMeans([Int])
    case participation
    case copyGiven
    case reviewDate
    case reviewOutsideWindow(FollowUpWindow)

    package var description: String {
        switch self {
        case .step(let step): "step \(step.rawValue), \(step.name): an entry, or \"not applicable: \" and why"
        case .reachableAdult: "among the helpers, an adult with a phone number of at least ten digits"
        case .crisisLine(let number): "\(number) among the professionals"
        case .lethalMeans([]):
            "the outcome of the lethal-means conversation, each means as \(Self.exampleOfMeans)"
        case .lethalMeans(let places):
            "the outcome of lethal-means entry \(places.map(String.init).joined(separator: " and ")), as \(Self.exampleOfMeans)"
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
        if lethalMeans.allSatisfy(\.text.isBlank) {
            gaps.append(.lethalMeans([]))
        } else {
            let unclear = lethalMeans.indices.filter { !lethalMeans[$0].hasOutcome }
            if !unclear.isEmpty { gaps.append(.lethalMeans(unclear.map { $0 + 1 })) }
        }
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
            // Most entries say at once, by their first letter, that they are one.
            if let first = entry.utf8.first, first | 0x20 != UInt8(ascii: "n"), first > 0x20, first < 0x7F {
                return true
            }
            let words = entry.drop(while: \.isWhitespace)
            guard words.lowercased().hasPrefix(Self.notApplicable) else { return !words.isEmpty }
            return words.dropFirst(Self.notApplicable.count).contains(where: \.isLetter)
        }
    }

    private var hasReachableAdult: Bool {
        (entries[.helpers] ?? []).contains(where: PhoneText.isReachable)
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
