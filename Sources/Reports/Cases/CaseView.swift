package import CivilTime
internal import CrisisCare
package import Services

/// What `show` shows of a case: its facts, clocks and events as lists, and the same by day to be drawn.
package struct CaseView: Sendable {
    package let detail: Detail
    package let timeline: CaseTimeline
    package let asOf: Instant
}

extension Session {
    /// - Parameter overrideReason: why the caregiver of minor-consented care is shown; audited.
    package borrowing func caseView(
        _ text: String,
        asOf: Instant?,
        action: String = "show",
        overrideReason: String? = nil
    ) throws -> CaseView {
        try read(action, needing: .readCases, of: text, overrideReason: overrideReason) { db in
            let context = try RuleContext(now: now, zone: zone, in: db)
            let shows = overrideReason != nil
            return try CaseReport.view(
                of: text,
                asOf: asOf ?? now,
                by: actor,
                context,
                showsCaregiver: shows,
                in: db
            )
        }
    }

    package borrowing func showCase(_ text: String, asOf: Instant?, action: String = "show") throws -> Detail {
        try caseView(text, asOf: asOf, action: action).detail
    }
}
