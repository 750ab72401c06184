package import CivilTime

// Whom a program is for, as its policy has it.

extension Policy {
    /// The age in whole years of somebody for whom the program is too young; `nil` within its limit, or where the age is
    /// not known. Such an age is a warning, never a refusal (practice.md section 1).
    package func ageBeyondLimit(born birthDate: CivilDate?, on day: CivilDate) -> Int? {
        guard let birthDate, let oldestAge else { return nil }
        let age = Age.years(from: birthDate, to: day)
        return age > oldestAge ? age : nil
    }

    /// Whether none of the youth's clocks runs: the program is one for adults, in whose episodes the way by which they
    /// reached the service is recorded (practice.md section 1).
    package var isForAdults: Bool {
        [
            arrivalMinutes, deferredResponseHours, firstContactHours, nextContactDays, safetyPlanDays, planReviewDays,
            windowDays,
        ]
        .allSatisfy { $0 == nil }
    }
}
