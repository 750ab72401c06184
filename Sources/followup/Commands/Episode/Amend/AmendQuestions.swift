internal import CivilTime
internal import CrisisCare
internal import Services

/// One thing of an episode that can be corrected, with the key under which `show` has it.
private enum AmendedField: String, CaseIterable {
    case call = "call_received_at"
    case transferred = "transferred_at"
    case dispatched = "dispatched_at"
    case arrived = "arrived_at"
    case lateReason = "late_arrival_reason"
    case mode = "response_mode"
    case referralSource = "referral_source"
    case presentingProblem = "presenting_problem"
    case location
    case town
    case language
    case caregiverName = "caregiver"
    case caregiverPhone = "phone"
    case minorConsented = "minor_consented"
    case part2
    case accessChannel = "access_channel"
    case authority
    case transferFrom = "transfer_from"
    case transferRef = "transfer_ref"

    var title: String {
        switch self {
        case .call: "Call received at"
        case .transferred: "Transferred at"
        case .dispatched: "Dispatched at"
        case .arrived: "Arrived at"
        case .lateReason: "Why the arrival was late"
        case .mode: "Response mode"
        case .referralSource: "Referral source"
        case .presentingProblem: "Presenting problem"
        case .location: "Location"
        case .town: "Town"
        case .language: "Language"
        case .caregiverName: "Caregiver"
        case .caregiverPhone: "Phone"
        case .minorConsented: "Minor-consented care"
        case .part2: "42 CFR Part 2"
        case .accessChannel: "Access channel"
        case .authority: "Local authority"
        case .transferFrom: "Transferred by"
        case .transferRef: "Their reference"
        }
    }

    /// What takes the value away, where it can be.
    var clearable: EpisodeAmendment.Clearable? {
        switch self {
        case .transferred: .transferred
        case .dispatched: .dispatched
        case .arrived: .arrived
        case .lateReason: .lateReason
        case .location: .location
        case .town: .town
        case .language: .language
        case .caregiverName: .caregiverName
        case .caregiverPhone: .caregiverPhone
        case .accessChannel: .accessChannel
        case .authority: .authority
        case .transferFrom: .transferFrom
        case .transferRef: .transferRef
        case .call, .mode, .referralSource, .presentingProblem, .minorConsented, .part2: nil
        }
    }
}

extension AmendOptions {
    private static let done = "nothing more"
    private static let takeAway = "take it away"
    private static let setRight = "set it right"

    /// Asks what is wrong and what is right, until nothing more is.
    mutating func complete(_ questions: inout Questions, _ present: PresentCase) throws {
        var left = AmendedField.allCases
        while !left.isEmpty {
            let offered = [Self.done] + left.map { "\($0.title): \(present.text($0.rawValue))" }
            let place = try questions.prompt.choice("What is to be corrected", options: offered, default: 0)
            guard place > 0 else { return }
            try ask(for: left.remove(at: place - 1), &questions, present)
        }
    }

    private mutating func ask(
        for field: AmendedField,
        _ questions: inout Questions,
        _ present: PresentCase
    ) throws {
        if let clearable = field.clearable, present.text(field.rawValue) != "-" {
            let options = [Self.setRight, Self.takeAway]
            if try questions.prompt.choice(field.title, options: options, default: 0) == 1 {
                clear.append(clearable)
                return questions.tell(field.title, "\(present.text(field.rawValue)) -> (taken away)")
            }
        }
        switch field {
        case .call: try questions.time(&call, field.title, default: nil)
        case .transferred: try questions.time(&transferred, field.title, default: nil)
        case .dispatched: try questions.time(&dispatched, field.title, default: nil)
        case .arrived: try questions.time(&arrived, field.title, default: nil)
        case .lateReason: try questions.line(&lateReason, field.title)
        case .mode: try questions.choice(&mode, field.title)
        case .referralSource: try questions.code(&referralSource, field.title, of: .referralSource)
        case .presentingProblem: try questions.code(&presentingProblem, field.title, of: .presentingProblem)
        case .location: try questions.code(&location, field.title, of: .location)
        case .town: try questions.code(&town, field.title, of: .town)
        case .language: try questions.line(&language, field.title)
        case .caregiverName: try questions.line(&caregiverName, field.title)
        case .caregiverPhone: try questions.line(&caregiverPhone, field.title, complaint: CaregiverPhone.complaint)
        case .minorConsented: minorConsented = try questions.yesOrNo(field.title)
        case .part2: isPart2 = try questions.yesOrNo(field.title)
        case .accessChannel: try questions.choice(&accessChannel, field.title)
        case .authority: try questions.line(&authority, field.title)
        case .transferFrom: try questions.line(&transferFrom, field.title)
        case .transferRef: try questions.line(&transferRef, field.title)
        }
    }
}
