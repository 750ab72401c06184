import CivilTime
import Testing

@testable import CrisisCare

/// Which clocks a program and a response mode have.
@Suite struct ProgramClockTests {
    private func followed(_ opened: EpisodeHistory) -> EpisodeHistory {
        var history = opened
        history.addVisit(at("2026-06-05 10:00"))
        history.addPlan(at("2026-06-05 10:30"))
        history.addReferral((.sent, at("2026-06-06 10:00")))
        history.addReferral((.sent, at("2026-06-06 10:00")), (.accepted, at("2026-06-07 10:00")))
        return history
    }

    private func kinds(_ history: EpisodeHistory, under practice: Practice) -> Set<DeadlineKind> {
        Set(history.deadlines(under: practice).map(\.kind))
    }

    @Test func `the codes of the clocks are those of the practice`() {
        #expect(
            DeadlineKind.allCases.map(\.rawValue) == [
                "arrival", "deferred-response", "first-contact", "next-contact", "safety-plan", "plan-review",
                "referral-answer", "first-appointment", "close",
            ]
        )
    }

    @Test func `a youth mobile episode has all clocks but the deferred one`() {
        let expected = Set(DeadlineKind.allCases).subtracting([.deferredResponse])
        #expect(kinds(followed(Case.mobile()), under: youth) == expected)
        let deferred = Set(DeadlineKind.allCases).subtracting([.arrival])
        #expect(kinds(followed(Case.deferred(arrived: Case.arrival)), under: youth) == deferred)
    }

    @Test func `an adult episode has the referral clocks and none of the youth's`() {
        let modes = [Case.mobile(), Case.mobile(arrived: nil), Case.deferred(), Case.phone()]
        for history in modes.map(followed) {
            #expect(kinds(history, under: adult) == [.referralAnswer, .firstAppointment])
        }
    }

    @Test func `an adult episode has no window, so that no visit is too late`() {
        #expect(Case.mobile().window(under: adult) == nil)
        #expect(Case.mobile().refusal(ofVisitAt: at("2027-06-01 10:00"), under: adult) == nil)
        #expect(Case.mobile().refusal(ofVisitAt: at("2027-06-01 10:00"), under: youth) == .windowClosed)
    }

    @Test func `a phone-only episode has close and the referral clocks`() {
        #expect(kinds(Case.phone(), under: youth) == [.close])
        #expect(kinds(followed(Case.phone()), under: youth) == [.close, .referralAnswer, .firstAppointment])
    }

    @Test func `policy may add the contact and plan clocks to phone-only episodes`() throws {
        let practice = youth.with { $0.phoneOnlyFollowUp = true }
        #expect(kinds(Case.phone(), under: practice) == [.firstContact, .safetyPlan, .close])
        #expect(
            kinds(followed(Case.phone()), under: practice) == [
                .firstContact, .nextContact, .safetyPlan, .planReview, .referralAnswer, .firstAppointment, .close,
            ]
        )
        // The response of a phone-only episode is the call.
        #expect(try Case.phone().only(.firstContact, under: practice).dueAt == at("2026-06-03 10:00"))
        #expect(try Case.phone().only(.safetyPlan, under: practice).dueAt == at("2026-06-08 23:59:59"))
        #expect(try Case.phone().only(.close, under: practice).dueAt == at("2026-06-02 23:59:59"))
    }

    @Test func `the setting for phone-only episodes changes nothing for mobile ones`() {
        let practice = youth.with { $0.phoneOnlyFollowUp = true }
        let history = followed(Case.mobile())
        #expect(history.deadlines(under: practice) == history.deadlines(under: youth))
    }

    @Test func `the shipped youth policy has the practice's numbers`() {
        let policy = ShippedProgram.youth.policy
        #expect(policy.effectiveFrom == day("1900-01-01"))
        #expect(policy.responseClock == .callReceived)
        #expect(policy.arrivalMinutes == 45)
        #expect(policy.arrivalAllowanceMinutes == 0)
        #expect(policy.deferredResponseHours == 48)
        #expect(policy.firstContactHours == 48)
        #expect(policy.nextContactDays == 7)
        #expect(policy.safetyPlanDays == 7)
        #expect(policy.planReviewDays == 14)
        #expect(policy.referralAnswerBusinessDays == 3)
        #expect(policy.waitlistDays == 14)
        #expect(policy.firstAppointmentDays == 14)
        #expect(policy.windowDays == 42)
        #expect(policy.extensionDays == 14)
        #expect(policy.phoneOnlyCloseDays == 1)
        #expect(!policy.phoneOnlyFollowUp)
        #expect(policy.attemptsBeforeUnableToReach == 3)
        #expect(!policy.mobilityExcludesPolice)
        #expect(ShippedProgram.allCases.map(\.rawValue) == ["youth mobile crisis", "adult mobile crisis"])
        #expect(ShippedProgram.adult.policy.effectiveFrom == day("1900-01-01"))
    }
}
