package import CivilTime

/// Who asked for an extension and who grants it.
package struct ExtensionApproval: Sendable {
    package var requestedBy: StaffID?
    package var approvedBy: StaffID?
    /// Whether the approver is a supervisor of the episode's site.
    package var approverIsSupervisor: Bool

    package init(requestedBy: StaffID?, approvedBy: StaffID?, approverIsSupervisor: Bool) {
        self.requestedBy = requestedBy
        self.approvedBy = approvedBy
        self.approverIsSupervisor = approverIsSupervisor
    }
}

extension EpisodeHistory {
    /// Lengthens the window from the moment the extension is granted (practice.md section 2).
    package mutating func grant(
        _ windowExtension: WindowExtension,
        approval: ExtensionApproval,
        now: Instant,
        under practice: Practice
    ) throws(RuleViolation) {
        guard approval.approvedBy != nil, approval.approverIsSupervisor else {
            throw RuleViolation(
                .extensionNeedsSupervisor,
                "a longer follow-up window needs a supervisor of the case's site",
                remedy: "Ask a supervisor to grant it."
            )
        }
        guard approval.approvedBy != approval.requestedBy else {
            throw RuleViolation(
                .extensionSelfApproved,
                "the one who asks for an extension cannot grant it",
                remedy: "Ask another supervisor to grant it."
            )
        }
        try checkOccurrence(of: "the extension", at: windowExtension.grantedAt, now: now)
        guard practice.policy.windowDays != nil else {
            throw RuleViolation(
                .noWindow,
                "the episode's program has no follow-up window",
                remedy: "Nothing has to be extended; go on with the visits."
            )
        }
        guard let response, windowExtension.grantedAt >= response,
            let window = window(at: windowExtension.grantedAt, under: practice)
        else {
            throw RuleViolation(
                .beforeArrival,
                "the follow-up window has not begun: no arrival is recorded at that time",
                remedy: "Record the arrival first: followup episode arrived CASE."
            )
        }
        guard windowExtension.newEnd > window.lastDay else {
            throw RuleViolation(
                .extensionTooLong,
                "the window already lasts to \(window.lastDay), so the new end would not lengthen it",
                remedy: "Give a later date."
            )
        }
        try Self.checkExtensionLimit(windowExtension.newEnd, of: window, under: practice)
        let place = extensions.lastIndex { ($0.grantedAt, $0.id) < (windowExtension.grantedAt, windowExtension.id) }
        extensions.insert(windowExtension, at: place.map { $0 + 1 } ?? 0)
    }

    /// At most the policy's days beyond the regular end, all extensions together.
    static func checkExtensionLimit(
        _ end: CivilDate,
        of window: FollowUpWindow,
        under practice: Practice
    ) throws(RuleViolation) {
        let limit = window.regularEnd.adding(days: practice.policy.extensionDays)
        guard end <= limit else {
            throw RuleViolation(
                .extensionTooLong,
                "the window may be extended to \(limit) at most",
                remedy: "Give a date up to then, or discharge with a referral."
            )
        }
    }
}
