import CivilTime
import Testing

@testable import CrisisCare

@Suite struct VisitRuleTests {
    private let noon = at("2026-06-05 12:00")

    @Test func `a visit up to this second is accepted, one in the future refused`() {
        #expect(Case.mobile().refusal(ofVisitAt: noon, now: noon) == nil)
        #expect(Case.mobile().refusal(ofVisitAt: noon, now: noon + 1) == nil)
        #expect(Case.mobile().refusal(ofVisitAt: noon + 1, now: noon) == .inTheFuture)
    }

    @Test func `a visit at the call is accepted, one before it refused`() {
        #expect(Case.mobile().refusal(ofVisitAt: Case.call) == nil)
        #expect(Case.mobile().refusal(ofVisitAt: Case.call - 1) == .beforeEpisode)
    }

    @Test func `a visit before the discharge is accepted, one from its instant on refused`() {
        var history = Case.mobile()
        history.discharge = Discharge(at: noon, on: day("2026-06-05"))
        #expect(history.refusal(ofVisitAt: noon - 1) == nil)
        #expect(history.refusal(ofVisitAt: noon) == .episodeClosed)
        #expect(history.refusal(ofVisitAt: noon + 1) == .episodeClosed)
    }

    @Test func `of several reasons the first to look at is named: future, call, discharge, window`() {
        var history = Case.mobile()
        history.discharge = Discharge(at: at("2026-07-20 12:00"), on: day("2026-07-20"))
        #expect(history.refusal(ofVisitAt: at("2026-07-20 12:00"), now: noon) == .inTheFuture)
        #expect(history.refusal(ofVisitAt: at("2026-07-20 12:00")) == .episodeClosed)
        #expect(history.refusal(ofVisitAt: at("2026-07-19 12:00")) == .windowClosed)
    }

    @Test(arguments: ContactWith.allCases, ContactResult.allCases)
    func `minor-consented care: nothing goes to a caregiver, not even an attempt`(
        with: ContactWith,
        result: ContactResult
    ) {
        let reachesCaregiver = with == .caregiver || with == .both
        var history = Case.mobile()
        #expect(history.refusal(ofVisitAt: noon, result, with: with) == nil)
        #expect(!history.needsOverride(with))
        history.minorConsented = true
        #expect(history.refusal(ofVisitAt: noon, result, with: with) == (reachesCaregiver ? .minorConsented : nil))
        #expect(history.needsOverride(with) == reachesCaregiver)
    }

    @Test func `an override with a reason lets a caregiver's visit in, and nothing else`() {
        var history = Case.mobile()
        history.minorConsented = true
        func refusal(at instant: Instant) -> Rule? {
            history.refusal { (history) throws(RuleViolation) in
                let visit = Visit.at(instant, with: .caregiver)
                try history.record(visit, isOverruled: true, now: muchLater, under: youth)
            }
        }
        #expect(refusal(at: noon) == nil)
        #expect(refusal(at: at("2026-07-14 00:00")) == .windowClosed)
        #expect(refusal(at: Case.call - 1) == .beforeEpisode)
    }

    @Test func `visits stand by occurrence, then by entry, whatever the order of entry`() throws {
        var history = Case.mobile()
        try history.log(.at(noon, id: 2))
        try history.log(.at(noon + 60, id: 3))
        try history.log(.at(noon - 60, id: 4))
        try history.log(.at(noon, id: 1))
        try history.log(.at(noon, id: 5))
        #expect(history.visits.map(\.id.value) == [4, 1, 2, 5, 3])
    }
}
