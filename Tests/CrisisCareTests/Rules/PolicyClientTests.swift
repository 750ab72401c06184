import CivilTime
import Testing

@testable import CrisisCare

/// Whom a program is for: the age from which it warns, and whether it is one for adults.
@Suite struct PolicyClientTests {
    private let born = CivilDate("2007-11-20")

    @Test(arguments: [("2026-11-19", nil), ("2026-11-20", 19), ("2027-11-20", 20)] as [(String, Int?)])
    func `an age above the limit is told from the birthday on which it begins`(day: String, age: Int?) throws {
        let day = try #require(CivilDate(day))
        #expect(ShippedProgram.youth.policy.ageBeyondLimit(born: born, on: day) == age)
        #expect(ShippedProgram.youth.policy.ageBeyondLimit(born: nil, on: day) == nil)
        #expect(ShippedProgram.adult.policy.ageBeyondLimit(born: born, on: day) == nil)
    }

    @Test func `a program with any of the youth's clocks is none for adults`() {
        #expect(ShippedProgram.adult.policy.isForAdults && !ShippedProgram.youth.policy.isForAdults)
        let clocks: [WritableKeyPath<Policy, Int?>] = [
            \.arrivalMinutes, \.deferredResponseHours, \.firstContactHours, \.nextContactDays, \.safetyPlanDays,
            \.planReviewDays, \.windowDays,
        ]
        for clock in clocks {
            var policy = ShippedProgram.adult.policy
            policy[keyPath: clock] = 1
            #expect(!policy.isForAdults)
        }
    }
}
