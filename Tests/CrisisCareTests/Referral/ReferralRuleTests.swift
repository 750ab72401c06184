import CivilTime
import Testing

@testable import CrisisCare

@Suite struct ReferralRuleTests {
    private let noon = at("2026-06-05 12:00")

    private func addition(
        to history: EpisodeHistory,
        _ state: ReferralState,
        at instant: Instant,
        isImported: Bool = false,
        now: Instant = muchLater
    ) -> Rule? {
        let event = ReferralEvent(id: RecordID(900), at: instant, state: state, appointmentAt: instant + 86_400)
        return history.refusal { (history) throws(RuleViolation) in
            try history.add(RecordID(901), startingWith: event, isImportedHistory: isImported, now: now)
        }
    }

    private func step(
        in history: EpisodeHistory,
        _ state: ReferralState,
        at instant: Instant,
        appointment: Instant? = nil,
        now: Instant = muchLater
    ) -> Rule? {
        let event = ReferralEvent(id: RecordID(900), at: instant, state: state, appointmentAt: appointment)
        let id = history.referrals[0].id
        return history.refusal { (history) throws(RuleViolation) in try history.advance(id, with: event, now: now) }
    }

    @Test(arguments: ReferralState.allCases)
    func `a person's referral begins as identified, an imported one at any step`(state: ReferralState) {
        #expect(addition(to: Case.mobile(), state, at: noon) == (state == .identified ? nil : .stateOrder))
        #expect(addition(to: Case.mobile(), state, at: noon, isImported: true) == nil)
    }

    @Test func `a referral is judged at its own time, imported or not`() {
        var closed = Case.mobile()
        closed.discharge = Discharge(at: noon, on: day("2026-06-05"))
        for isImported in [false, true] {
            func rule(_ history: EpisodeHistory, _ instant: Instant, now: Instant = muchLater) -> Rule? {
                addition(to: history, .identified, at: instant, isImported: isImported, now: now)
            }
            #expect(rule(Case.mobile(), Case.call) == nil)
            #expect(rule(Case.mobile(), Case.call - 1) == .beforeEpisode)
            #expect(rule(Case.mobile(), noon, now: noon) == nil)
            #expect(rule(Case.mobile(), noon, now: noon - 1) == .inTheFuture)
            #expect(rule(closed, noon - 1) == nil)
            #expect(rule(closed, noon) == .episodeClosed)
        }
    }

    @Test func `nothing is offered or sent after the discharge`() {
        var history = Case.mobile()
        history.addReferral((.identified, noon - 600))
        history.discharge = Discharge(at: noon, on: day("2026-06-05"))
        #expect(step(in: history, .offered, at: noon - 1) == nil)
        #expect(step(in: history, .offered, at: noon) == .episodeClosed)
        history.addStep(.offered, noon - 500)
        #expect(step(in: history, .sent, at: noon - 1) == nil)
        #expect(step(in: history, .sent, at: noon) == .episodeClosed)
    }

    @Test(arguments: [ReferralState.accepted, .rejected, .waitlisted, .declinedByFamily, .closedWithoutConnection])
    func `answers may be later than the discharge`(answer: ReferralState) {
        var history = Case.mobile()
        history.addReferral((.sent, noon - 600))
        history.discharge = Discharge(at: noon, on: day("2026-06-05"))
        #expect(step(in: history, answer, at: noon + 86_400) == nil)
    }

    @Test func `appointments and attendance may be later than the discharge`() {
        var history = Case.mobile()
        history.addReferral((.accepted, noon - 600))
        history.discharge = Discharge(at: noon, on: day("2026-06-05"))
        #expect(step(in: history, .scheduled, at: noon + 60, appointment: noon + 86_400) == nil)
        #expect(step(in: history, .attended, at: noon + 60) == nil)
        #expect(step(in: history, .attended, at: noon + 60, now: noon + 59) == .inTheFuture)
    }

    @Test func `a step lies at or after the one it follows`() {
        var history = Case.mobile()
        history.addReferral((.sent, noon))
        #expect(step(in: history, .accepted, at: noon) == nil)
        #expect(step(in: history, .accepted, at: noon - 1) == .stateOrder)
    }

    @Test func `a scheduled referral needs the time of its appointment`() {
        var history = Case.mobile()
        history.addReferral((.accepted, noon))
        #expect(step(in: history, .scheduled, at: noon) == .stateOrder)
        #expect(step(in: history, .scheduled, at: noon, appointment: noon + 3_600) == nil)
    }

    @Test func `a step of a referral that the case does not have is refused`() {
        let event = ReferralEvent(id: RecordID(900), at: noon, state: .offered)
        let rule = Case.mobile().refusal { (history) throws(RuleViolation) in
            try history.advance(RecordID(77), with: event, now: muchLater)
        }
        #expect(rule == .stateOrder)
    }

    @Test func `a referral as of an instant has the steps up to it`() throws {
        var history = Case.mobile()
        history.addReferral((.identified, noon), (.offered, noon + 60), (.sent, noon + 60), (.waitlisted, noon + 120))
        history.addStep(.accepted, noon + 180, appointment: noon + 86_400)
        let referral = history.referrals[0]
        #expect(referral.asOf(noon - 1) == nil)
        #expect(referral.asOf(noon)?.state == .identified)
        #expect(referral.asOf(noon + 59)?.state == .identified)
        #expect(referral.asOf(noon + 60)?.state == .sent)
        #expect(referral.asOf(noon + 179)?.appointmentAt == nil)
        #expect(referral.asOf(noon + 180)?.appointmentAt == noon + 86_400)
        #expect(referral.asOf(noon + 180) == referral)
        #expect(referral.answeredAt == noon + 120)
        #expect(referral.reached(.accepted) == noon + 180)
        #expect(referral.reached(.attended) == nil)
    }

    @Test func `the latest appointment counts, and a step without one keeps it`() {
        var history = Case.mobile()
        history.addReferral((.accepted, noon))
        history.addStep(.scheduled, noon + 60, appointment: noon + 1_000)
        history.addStep(.scheduled, noon + 120, appointment: noon + 500)
        history.addStep(.noShow, noon + 600)
        #expect(history.referrals[0].appointmentAt == noon + 500)
        #expect(history.referrals[0].state == .noShow)
    }
}
