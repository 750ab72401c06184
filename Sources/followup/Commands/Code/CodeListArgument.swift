internal import ArgumentParser
internal import CrisisCare

/// The lists of codes that an administrator keeps, by the words of the options that take a code of them.
enum CodeListArgument: String, CaseIterable, ExpressibleByArgument {
    case town
    case referralSource = "referral-source"
    case presentingProblem = "presenting-problem"
    case location
    case dischargeReason = "discharge-reason"
    case serviceType = "service-type"
    case planReason = "plan-reason"

    init(_ list: CodeList) {
        self =
            switch list {
            case .town: .town
            case .referralSource: .referralSource
            case .presentingProblem: .presentingProblem
            case .location: .location
            case .dischargeReason: .dischargeReason
            case .serviceType: .serviceType
            case .planReason: .planReason
            }
    }

    var list: CodeList {
        switch self {
        case .town: .town
        case .referralSource: .referralSource
        case .presentingProblem: .presentingProblem
        case .location: .location
        case .dischargeReason: .dischargeReason
        case .serviceType: .serviceType
        case .planReason: .planReason
        }
    }

    static let help = ArgumentHelp(
        "The list: \(allCases.map(\.rawValue).joined(separator: ", ")).",
        valueName: "list"
    )
}
