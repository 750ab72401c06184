import CivilTime
import Testing

@testable import CrisisCare

@Suite struct PlanRuleTests {
    private let noon = at("2026-06-05 12:00")

    private func activation(
        in history: EpisodeHistory,
        at instant: Instant,
        _ content: PlanContent = CompletePlan.content,
        now: Instant = muchLater
    ) -> Rule? {
        let plan = PlanVersion(id: RecordID(900), version: 9, activatedAt: instant, reviewOn: content.reviewOn)
        return history.refusal { (history) throws(RuleViolation) in
            try history.activate(plan, content: content, now: now, under: youth)
        }
    }

    @Test func `a complete plan is activated, an incomplete one refused`() {
        #expect(activation(in: Case.mobile(), at: noon) == nil)
        #expect(activation(in: Case.mobile(), at: noon, CompletePlan.without { $0.copyGiven = "" }) == .planIncomplete)
        #expect(activation(in: Case.mobile(), at: noon, PlanContent()) == .planIncomplete)
    }

    @Test func `activation is judged at its own time`() {
        var closed = Case.mobile()
        closed.discharge = Discharge(at: noon, on: day("2026-06-05"))
        #expect(activation(in: Case.mobile(), at: Case.call) == nil)
        #expect(activation(in: Case.mobile(), at: Case.call - 1) == .beforeEpisode)
        #expect(activation(in: Case.mobile(), at: noon, now: noon) == nil)
        #expect(activation(in: Case.mobile(), at: noon, now: noon - 1) == .inTheFuture)
        #expect(activation(in: closed, at: noon - 1) == nil)
        #expect(activation(in: closed, at: noon) == .episodeClosed)
    }

    @Test func `the review date is held against the window as it stood at the activation`() {
        var history = Case.mobile()
        history.addExtension(at("2026-07-10 09:00"), to: day("2026-07-20"))
        let late = CompletePlan.without { $0.reviewOn = day("2026-07-20") }
        #expect(activation(in: history, at: at("2026-07-10 09:00"), late) == nil)
        #expect(activation(in: history, at: at("2026-07-10 08:59:59"), late) == .planIncomplete)
    }

    @Test func `versions follow each other`() {
        var history = Case.mobile()
        history.addPlan(noon)
        #expect(activation(in: history, at: noon - 1) == .stateOrder)
        #expect(activation(in: history, at: noon) == nil)
        #expect(activation(in: history, at: noon + 1) == nil)
    }

    @Test func `an activated plan becomes the last version`() throws {
        var history = Case.mobile()
        history.addPlan(noon)
        let plan = PlanVersion(id: RecordID(900), version: 2, activatedAt: noon + 60, reviewOn: nil)
        try history.activate(plan, content: CompletePlan.content, now: muchLater, under: youth)
        #expect(history.plans.last == plan)
        #expect(history.plans.count == 2)
    }

    @Test func `a decline is recorded at its own time, and the earliest stays`() throws {
        var history = Case.mobile()
        try history.declinePlan(at: noon, now: muchLater)
        #expect(history.planDeclinedAt == noon)
        try history.declinePlan(at: noon + 60, now: muchLater)
        #expect(history.planDeclinedAt == noon)
        try history.declinePlan(at: noon - 60, now: muchLater)
        #expect(history.planDeclinedAt == noon - 60)
        func refusal(_ instant: Instant, now: Instant = muchLater) -> Rule? {
            history.refusal { (history) throws(RuleViolation) in try history.declinePlan(at: instant, now: now) }
        }
        #expect(refusal(noon, now: noon - 1) == .inTheFuture)
        #expect(refusal(Case.call - 1) == .beforeEpisode)
    }

    @Test func `a decline over any version that was active at its time has to be meant`() throws {
        var history = Case.mobile()
        history.addPlan(noon)
        history.addPlan(noon + 3600)
        func refusal(_ instant: Instant, isDespitePlan: Bool = false) -> Rule? {
            history.refusal { (history) throws(RuleViolation) in
                try history.declinePlan(at: instant, isDespitePlan: isDespitePlan, now: muchLater)
            }
        }
        #expect(refusal(noon - 1) == nil)
        for instant in [noon, noon + 3599, noon + 3600] {
            #expect(refusal(instant) == .stateOrder)
            #expect(refusal(instant, isDespitePlan: true) == nil)
        }
    }

    @Test func `the refusal of a decline names the version that the family had then`() {
        var history = Case.mobile()
        history.addPlan(noon)
        history.addPlan(noon + 3600)
        func words(_ instant: Instant) -> String? {
            var history = history
            do throws(RuleViolation) {
                try history.declinePlan(at: instant, now: muchLater)
                return nil
            } catch {
                return error.message
            }
        }
        #expect(words(noon + 3599)?.hasPrefix("version 1 of the Crisis Safety Plan was active at that time") == true)
        #expect(words(noon + 3600)?.hasPrefix("version 2 of the Crisis Safety Plan is active") == true)
    }

    @Test func `a review needs a version that was active at its time`() {
        func refusal(_ history: EpisodeHistory, _ instant: Instant) -> Rule? {
            history.refusal { (history) throws(RuleViolation) in
                try history.record(PlanReview(id: RecordID(900), at: instant), now: muchLater)
            }
        }
        var history = Case.mobile()
        #expect(refusal(history, noon) == .planMissing)
        history.addPlan(noon)
        #expect(refusal(history, noon - 1) == .planMissing)
        #expect(refusal(history, noon) == nil)
        #expect(refusal(history, Case.call - 1) == .beforeEpisode)
        #expect(refusal(history, muchLater + 1) == .inTheFuture)
        history.discharge = Discharge(at: noon + 60, on: day("2026-06-05"))
        #expect(refusal(history, noon + 59) == nil)
        #expect(refusal(history, noon + 60) == .episodeClosed)
    }

    @Test func `reviews stand by occurrence, then by entry`() throws {
        var history = Case.mobile()
        history.addPlan(noon)
        for (id, seconds) in [(3, 60), (4, 30), (5, 60), (2, 60)] {
            try history.record(PlanReview(id: RecordID(Int64(id)), at: noon + seconds), now: muchLater)
        }
        #expect(history.reviews.map(\.id.value) == [4, 2, 3, 5])
    }
}
