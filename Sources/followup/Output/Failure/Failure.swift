internal import Glibc

/// Why a command did not do what was asked: the status for scripts, the words for people.
///
/// The words hold no name, note or other value of the record: they end up in logs.
struct Failure: Error, Hashable, Sendable {
    let status: ExitStatus
    /// The id of the rule that refused, such as `window-closed`.
    let rule: String?
    /// What happened.
    let message: String
    /// What to do next.
    let hint: String?

    init(_ status: ExitStatus, rule: String? = nil, _ message: String, hint: String? = nil) {
        self.status = status
        self.rule = rule
        self.message = message
        self.hint = hint
    }

    /// A rule of the practice refused; the rule `not-permitted` has a status of its own.
    static func refused(_ rule: String, _ message: String, hint: String? = nil) -> Failure {
        Failure(rule == "not-permitted" ? .notPermitted : .refused, rule: rule, message, hint: hint)
    }

    /// The system refused to read or write.
    ///
    /// - Parameters:
    ///   - message: what could not be done, as a sentence without its full stop.
    ///   - code: the system's error number.
    static func system(_ message: String, code: Int32, hint: String? = nil) -> Failure {
        let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        // These two have a remedy; the system's words for the others say enough.
        let known =
            switch code {
            case ENOSPC, EDQUOT: "Make room on the disk and run the command again."
            case EACCES, EPERM, EROFS: "Choose a folder that you may write to."
            default: nil as String?
            }
        return Failure(.inputOutput, "\(message): \(reason)", hint: hint ?? known)
    }
}
