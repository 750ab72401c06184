/// One result of `check`.
package struct Finding: Sendable {
    package enum Severity: String, Sendable {
        case ok
        /// Worth knowing; does not change the exit status.
        case warning
        case error
    }

    /// What was looked at: `integrity`, `deadlines` and so on.
    package let check: String
    package let severity: Severity
    package let finding: String
    /// What to do; empty where nothing has to be done.
    package let remedy: String

    init(_ check: String, _ severity: Severity, _ finding: String, remedy: String = "") {
        self.check = check
        self.severity = severity
        self.finding = finding
        self.remedy = remedy
    }
}
