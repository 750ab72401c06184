package import CivilTime

/// The clocks of one program from one day on; `nil` means that the program has no such clock.
///
/// An episode keeps the policy of the day of its call (practice.md section 2: policy is effective-dated).
package struct Policy: Hashable, Sendable {
    package var effectiveFrom: CivilDate

    /// From which instant the arrival is counted; a deferred response always counts from the call.
    package var responseClock: ResponseClock
    /// Minutes from the response clock's start within which an immediate mobile response has arrived.
    package var arrivalMinutes: Int?
    /// Minutes of intake that are not counted against the provider.
    package var arrivalAllowanceMinutes: Int
    /// Hours from the call within which a deferred mobile response has arrived.
    package var deferredResponseHours: Int?
    /// Hours from the response to the first completed contact.
    package var firstContactHours: Int?
    /// Days from a completed contact to the next, unless another date was promised to the family.
    package var nextContactDays: Int?
    /// Days from the response to the first activation of a complete plan.
    package var safetyPlanDays: Int?
    /// Days from an activation or a review to the next review, unless the plan names its own date.
    package var planReviewDays: Int?
    /// Business days from sending a referral to its answer.
    package var referralAnswerBusinessDays: Int?
    /// Days from a place on the waiting list to the next answer.
    package var waitlistDays: Int?
    /// Days from acceptance to the first appointment, unless an appointment is set.
    package var firstAppointmentDays: Int?
    /// Days of the follow-up window after the day of the response; the last is inclusive and a hard stop.
    package var windowDays: Int?
    /// Days by which extensions may lengthen the window, all together.
    package var extensionDays: Int
    /// Days from the call within which a phone-only episode is closed.
    package var phoneOnlyCloseDays: Int
    /// Whether the contact and plan clocks run for phone-only episodes too.
    package var phoneOnlyFollowUp: Bool
    /// Attempts without contact after which "unable to reach" may be the discharge reason.
    package var attemptsBeforeUnableToReach: Int
    /// Age in whole years above which an opened episode gets a warning.
    package var oldestAge: Int?
    /// Whether police-referred episodes are left out of the mobility measure.
    package var mobilityExcludesPolice: Bool

    package init(
        effectiveFrom: CivilDate,
        responseClock: ResponseClock,
        arrivalMinutes: Int?,
        arrivalAllowanceMinutes: Int,
        deferredResponseHours: Int?,
        firstContactHours: Int?,
        nextContactDays: Int?,
        safetyPlanDays: Int?,
        planReviewDays: Int?,
        referralAnswerBusinessDays: Int?,
        waitlistDays: Int?,
        firstAppointmentDays: Int?,
        windowDays: Int?,
        extensionDays: Int,
        phoneOnlyCloseDays: Int,
        phoneOnlyFollowUp: Bool,
        attemptsBeforeUnableToReach: Int,
        oldestAge: Int?,
        mobilityExcludesPolice: Bool
    ) {
        self.effectiveFrom = effectiveFrom
        self.responseClock = responseClock
        self.arrivalMinutes = arrivalMinutes
        self.arrivalAllowanceMinutes = arrivalAllowanceMinutes
        self.deferredResponseHours = deferredResponseHours
        self.firstContactHours = firstContactHours
        self.nextContactDays = nextContactDays
        self.safetyPlanDays = safetyPlanDays
        self.planReviewDays = planReviewDays
        self.referralAnswerBusinessDays = referralAnswerBusinessDays
        self.waitlistDays = waitlistDays
        self.firstAppointmentDays = firstAppointmentDays
        self.windowDays = windowDays
        self.extensionDays = extensionDays
        self.phoneOnlyCloseDays = phoneOnlyCloseDays
        self.phoneOnlyFollowUp = phoneOnlyFollowUp
        self.attemptsBeforeUnableToReach = attemptsBeforeUnableToReach
        self.oldestAge = oldestAge
        self.mobilityExcludesPolice = mobilityExcludesPolice
    }
}

/// From which instant an immediate mobile response is counted; where it was not recorded, from the call.
package enum ResponseClock: String, CaseIterable, Sendable {
    case callReceived = "call received"
    case transferred = "transfer to provider"
    case callEnded = "end of call"
}
