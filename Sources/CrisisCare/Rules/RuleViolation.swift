/// What a rule of the practice refuses: which rule, what happened, and what to do next.
///
/// Neither text holds a name, a note or another personal value.
package struct RuleViolation: Error, Equatable, Sendable {
    package let rule: Rule
    /// What happened, in a clinician's words, without a final period.
    package let message: String
    /// What to do next, one sentence.
    package let remedy: String

    package init(_ rule: Rule, _ message: String, remedy: String) {
        self.rule = rule
        self.message = message
        self.remedy = remedy
    }
}
