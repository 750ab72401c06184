internal import CivilTime
internal import CrisisCare
internal import Reports

/// A policy as it is shown; a clock that the program does not have is empty.
enum PolicyDetail {
    static func of(_ policy: Policy, program: String) -> Detail {
        func count(_ value: Int?) -> Cell { .ifPresent(value, Cell.int) }
        var detail = Detail()
        detail.add("program", "Program", .code(program))
        detail.add("effective_from", "Effective from", .date(policy.effectiveFrom))
        detail.add("response_clock", "Response counts from", .code(policy.responseClock.rawValue))
        detail.add("arrival_minutes", "Arrival, minutes", count(policy.arrivalMinutes))
        detail.add("arrival_allowance_minutes", "Intake allowance, minutes", .int(policy.arrivalAllowanceMinutes))
        detail.add("deferred_response_hours", "Deferred response, hours", count(policy.deferredResponseHours))
        detail.add("first_contact_hours", "First contact, hours", count(policy.firstContactHours))
        detail.add("next_contact_days", "Next contact, days", count(policy.nextContactDays))
        detail.add("safety_plan_days", "Safety plan, days", count(policy.safetyPlanDays))
        detail.add("plan_review_days", "Plan review, days", count(policy.planReviewDays))
        detail.add(
            "referral_answer_business_days",
            "Referral answer, business days",
            count(policy.referralAnswerBusinessDays)
        )
        detail.add("waitlist_days", "Waiting list, days", count(policy.waitlistDays))
        detail.add("first_appointment_days", "First appointment, days", count(policy.firstAppointmentDays))
        detail.add("window_days", "Follow-up window, days", count(policy.windowDays))
        detail.add("extension_days", "Extensions at most, days", .int(policy.extensionDays))
        detail.add("phone_only_close_days", "Close when phone only, days", .int(policy.phoneOnlyCloseDays))
        detail.add("phone_only_follow_up", "Follow-up when phone only", .bool(policy.phoneOnlyFollowUp))
        detail.add(
            "attempts_before_unable_to_reach",
            "Attempts before unable to reach",
            .int(policy.attemptsBeforeUnableToReach)
        )
        detail.add("oldest_age", "Oldest age", count(policy.oldestAge))
        detail.add("mobility_excludes_police", "Mobility excludes police", .bool(policy.mobilityExcludesPolice))
        return detail
    }
}
