import CivilTime
import CrisisCare
import Services
import Storage
import Testing

/// Plans, extensions and discharges by a person; `CrisisDesk.act` checks audit and deadlines after each.
struct ClosingCommandTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    @Test func `only a complete plan is activated, and a newer one supersedes it`() throws {
        let number = try desk.open("One")
        let at = try desk.instant("2026-11-12T10:00")
        try desk.expectRefusal(.planIncomplete) {
            _ = try $0.activatePlan(number, PlanContent(), reason: "first plan", at: at)
        }
        try desk.act { _ = try $0.activatePlan(number, desk.plan(), reason: "first plan", at: at) }
        #expect(try desk.deadlines(number).contains("safety-plan 2026-11-17T23:59 met"))
        #expect(try desk.openDeadlines(number).contains("plan-review 2026-11-24T23:59"))
        try desk.expectRefusal(.stateOrder) {
            _ = try $0.activatePlan(number, desk.plan(), reason: "new crisis", at: at.adding(seconds: -1))
        }
        let later = try desk.instant("2026-11-14T10:00")
        try desk.act {
            _ = try $0.activatePlan(number, desk.plan(review: "2026-12-01"), reason: "new crisis", at: later)
        }
        #expect(try desk.deadlines(number).contains("plan-review 2026-11-24T23:59 met"))
        #expect(try desk.openDeadlines(number).contains("plan-review 2026-12-01T23:59"))
        try desk.expectFailure { _ = try $0.activatePlan(number, desk.plan(), reason: "no such reason", at: later) }
    }

    @Test func `an extension takes a supervisor who did not ask for it, and moves the end once`() throws {
        let number = try desk.open("One", call: "2026-10-12T10:00")
        let end = try #require(CivilDate("2026-12-01"))
        try desk.expectRefusal(.extensionNeedsSupervisor) {
            _ = try $0.extendWindow(number, to: end, requestedBy: nil, reason: "intake")
        }
        try desk.expectRefusal(.notPermitted, as: "dana") {
            _ = try $0.extendWindow(number, to: end, requestedBy: nil, reason: "intake")
        }
        try desk.expectRefusal(.extensionSelfApproved, as: "sam") {
            _ = try $0.extendWindow(number, to: end, requestedBy: "sam", reason: "intake")
        }
        try desk.act(as: "sam") { _ = try $0.extendWindow(number, to: end, requestedBy: nil, reason: "intake") }
        #expect(try desk.openDeadlines(number).contains("close 2026-12-01T23:59"))
        try desk.expectRefusal(.extensionTooLong, as: "sam") {
            _ = try $0.extendWindow(number, to: end, requestedBy: nil, reason: "intake")
        }
        try desk.expectRefusal(.extensionTooLong, as: "sam") {
            _ = try $0.extendWindow(number, to: end.adding(days: 7), requestedBy: nil, reason: "intake")
        }
        try desk.act(as: "sue") {
            _ = try $0.extendWindow(number, to: end.adding(days: 6), requestedBy: "casey", reason: "intake")
        }
        #expect(try desk.openDeadlines(number).contains("close 2026-12-07T23:59"))
    }

    @Test func `closing asks for what is missing, and cancels what is open`() throws {
        let number = try desk.open("One")
        let yesterday = Discharge(on: try #require(CivilDate("2026-11-19")), in: desk.agency.zone)
        try desk.expectRefusal(.planMissing) {
            _ = try $0.closeEpisode(number, yesterday, reason: "met treatment goals")
        }
        let at = try desk.instant("2026-11-12T10:00")
        try desk.act { _ = try $0.activatePlan(number, desk.plan(), reason: "first plan", at: at) }
        let steps = try desk.steps([.identified, .offered, .sent], from: "2026-11-12T11:00")
        try desk.act {
            _ = try $0.addReferral(number, service: "outpatient", agency: "A", warmHandoff: nil, steps: steps)
        }
        try desk.expectRefusal(.referralOpen) {
            _ = try $0.closeEpisode(number, yesterday, reason: "met treatment goals")
        }
        try desk.expectRefusal(.referralOpen) { _ = try $0.closeEpisode(number, yesterday, reason: "unable to reach") }
        try desk.expectRefusal(.attemptsTooFew) {
            _ = try $0.closeEpisode(number, yesterday, reason: "unable to reach", handoverReason: "family goes on")
        }
        try desk.expectRefusal(.inTheFuture) {
            let today = Discharge(on: $0.today, in: $0.zone)
            _ = try $0.closeEpisode(number, today, reason: "met treatment goals", handoverReason: "family goes on")
        }
        try desk.expectRefusal(.notPermitted) {
            _ = try $0.closeEpisode(number, yesterday, reason: "unable to reach", overrideReason: "because")
        }
        try desk.act {
            _ = try $0.closeEpisode(number, yesterday, reason: "met treatment goals", handoverReason: "family goes on")
        }
        #expect(try desk.openDeadlines(number) == [])
        #expect(try desk.deadlines(number).contains("referral-answer 2026-11-17T23:59 discharged"))
        #expect(try desk.record(number).handoverReason == "family goes on")
        try desk.expectRefusal(.episodeClosed) { _ = try $0.closeEpisode(number, yesterday, reason: "death") }
        try desk.expectRefusal(.episodeClosed) { _ = try $0.logVisit(number, desk.visit("2026-11-20T08:00")) }
        // What took place before the discharge may still be entered after it.
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-19T23:59:59")) }
    }

    @Test func `a supervisor overrules the closing gate, and the reason is kept only where it was needed`() throws {
        let yesterday = Discharge(on: try #require(CivilDate("2026-11-19")), in: desk.agency.zone)
        let (one, two) = (try desk.open("One"), try desk.open("Two", mode: .phone))
        for number in [one, two] {
            try desk.act(as: "sam") {
                _ = try $0.closeEpisode(number, yesterday, reason: "family moved", overrideReason: "left the state")
            }
        }
        #expect(try desk.record(one).closingOverride == "left the state")
        #expect(try desk.record(two).closingOverride == "")
    }

    @Test func `a discharge before something recorded is refused`() throws {
        let number = try desk.open("One", mode: .phone)
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-12T10:00")) }
        try desk.expectRefusal(.episodeClosed) {
            _ = try $0.closeEpisode(
                number,
                Discharge(at: desk.instant("2026-11-12T09:59:59"), on: $0.today),
                reason: "met treatment goals"
            )
        }
    }
}
