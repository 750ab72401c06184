internal import CivilTime

/// The programs that `init` ships, each with the policy it starts with. Source: practice.md sections 1 and 2.
package enum ShippedProgram: String, CaseIterable, Sendable {
    case youth = "youth mobile crisis"
    case adult = "adult mobile crisis"

    /// Before any call that a database may hold.
    private static let ever = CivilDate(year: 1900, month: 1, day: 1) ?? CivilDate(dayNumber: 0)

    package var policy: Policy {
        switch self {
        case .youth: Self.youthPolicy
        case .adult: Self.adultPolicy
        }
    }

    private static let youthPolicy = Policy(
        effectiveFrom: ever,
        responseClock: .callReceived,
        arrivalMinutes: 45,
        arrivalAllowanceMinutes: 0,
        deferredResponseHours: 48,
        firstContactHours: 48,
        nextContactDays: 7,
        safetyPlanDays: 7,
        planReviewDays: 14,
        referralAnswerBusinessDays: 3,
        waitlistDays: 14,
        firstAppointmentDays: 14,
        windowDays: 42,
        extensionDays: 14,
        phoneOnlyCloseDays: 1,
        phoneOnlyFollowUp: false,
        attemptsBeforeUnableToReach: 3,
        oldestAge: 18,
        mobilityExcludesPolice: false
    )

    /// No adult standard was found for the youth clocks, so none of them is applied to adults (practice.md section 1).
    private static let adultPolicy = {
        var policy = youthPolicy
        policy.arrivalMinutes = nil
        policy.deferredResponseHours = nil
        policy.firstContactHours = nil
        policy.nextContactDays = nil
        policy.safetyPlanDays = nil
        policy.planReviewDays = nil
        policy.windowDays = nil
        policy.oldestAge = nil
        return policy
    }()
}
