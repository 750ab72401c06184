import CivilTime
import Testing

@testable import CrisisCare

/// `safety-plan`: seven days from the response to the first activation of a complete plan.
@Suite struct SafetyPlanClockTests {
    private let dayEnd = at("2026-06-08 23:59:59")

    @Test func `the plan is due at the end of the seventh day after the response`() throws {
        let deadline = try Case.mobile().only(.safetyPlan)
        #expect(deadline.startedAt == Case.arrival)
        #expect(deadline.dueAt == dayEnd)
        #expect(deadline.outcome == .open)
    }

    @Test func `it is overdue from the next midnight, not on day seven at 23:59:59`() {
        #expect(!Case.mobile().overdue(at: dayEnd).contains(.safetyPlan))
        #expect(Case.mobile().overdue(at: dayEnd + 1).contains(.safetyPlan))
    }

    @Test func `a call before midnight answered after it counts from the day of the response`() throws {
        let late = Case.mobile(call: at("2026-06-01 23:50"), arrived: at("2026-06-01 23:59:59"))
        let later = Case.mobile(call: at("2026-06-01 23:50"), arrived: at("2026-06-02 00:00:00"))
        #expect(try late.only(.safetyPlan).dueAt == at("2026-06-08 23:59:59"))
        #expect(try later.only(.safetyPlan).dueAt == at("2026-06-09 23:59:59"))
    }

    @Test func `the first activation meets it, in time or late, and no later one counts`() throws {
        for offset in [0, 1] {
            var history = Case.mobile()
            history.addPlan(dayEnd + offset)
            history.addPlan(dayEnd + 86_400)
            #expect(try history.only(.safetyPlan).outcome == .met(dayEnd + offset))
        }
    }

    @Test func `a recorded decline cancels it`() throws {
        var history = Case.mobile()
        history.planDeclinedAt = at("2026-06-04 10:00")
        #expect(try history.only(.safetyPlan).outcome == .cancelled(at("2026-06-04 10:00"), .planDeclined))
        #expect(history.open(at: at("2026-06-04 09:59:59")).contains(.safetyPlan))
        #expect(!history.open(at: at("2026-06-04 10:00")).contains(.safetyPlan))
    }

    @Test func `of decline and activation the earlier decides`() throws {
        var history = Case.mobile()
        history.planDeclinedAt = at("2026-06-04 10:00")
        history.addPlan(at("2026-06-05 10:00"))
        #expect(try history.only(.safetyPlan).outcome == .cancelled(at("2026-06-04 10:00"), .planDeclined))
        history.planDeclinedAt = at("2026-06-06 10:00")
        #expect(try history.only(.safetyPlan).outcome == .met(at("2026-06-05 10:00")))
        history.planDeclinedAt = at("2026-06-05 10:00")
        #expect(try history.only(.safetyPlan).outcome == .met(at("2026-06-05 10:00")))
    }

    @Test func `a plan made before the arrival meets it`() throws {
        var history = Case.mobile()
        history.addPlan(Case.call + 60)
        #expect(try history.only(.safetyPlan).outcome == .met(Case.call + 60))
    }

    @Test func `seven days across either change of the clocks end at midnight`() throws {
        let spring = Case.mobile(call: at("2026-03-04 10:00"), arrived: at("2026-03-04 10:30"))
        #expect(try spring.only(.safetyPlan).dueAt == at("2026-03-11 23:59:59"))
        let autumn = Case.mobile(call: at("2026-10-28 10:00"), arrived: at("2026-10-28 10:30"))
        #expect(try autumn.only(.safetyPlan).dueAt == at("2026-11-04 23:59:59"))
    }
}
