internal import CrisisCare

/// The number of the case in what rules say of it: they know the case's facts and not its number, and write CASE.
enum CaseInWords {
    private static let placeholder = "CASE"

    /// The error with the case's number in the commands that it names.
    static func filled(_ error: any Error, with number: CaseNumber) -> any Error {
        func filled(_ text: String) -> String { text.replacing(placeholder, with: number.description) }
        return switch error {
        case let error as RuleViolation:
            RuleViolation(error.rule, filled(error.message), remedy: filled(error.remedy))
        case ServiceError.notFound(let what, let hint):
            ServiceError.notFound(what: filled(what), hint: filled(hint))
        default:
            error
        }
    }
}
