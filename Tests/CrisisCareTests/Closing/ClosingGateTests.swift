import CivilTime
import Testing

@testable import CrisisCare

/// The closing gate: a plan or its decline, the outcomes of the referrals, attempts before "unable to reach".
@Suite struct ClosingGateTests {
    private let end = at("2026-06-20 12:00")

    private func closing(
        unableToReach: Bool = false,
        handsOver: Bool = false,
        overruled: Bool = false,
        at instant: Instant? = nil
    ) -> Closing {
        let end = instant ?? end
        return Closing(
            discharge: Discharge(at: end, on: newYork.date(of: end)),
            isUnableToReach: unableToReach,
            handsOverReferrals: handsOver,
            isOverruled: overruled
        )
    }

    private func refusal(_ history: EpisodeHistory, _ closing: Closing, under practice: Practice = youth) -> Rule? {
        history.refusal { (history) throws(RuleViolation) in
            try history.close(closing, now: muchLater, under: practice)
        }
    }

    /// Nothing is missing.
    private var ready: EpisodeHistory {
        var history = Case.mobile()
        history.addPlan(at("2026-06-05 12:00"))
        return history
    }

    @Test func `an episode with a plan and no open referral is closed`() throws {
        var history = ready
        #expect(history.gaps(for: closing(), under: youth) == [])
        try history.close(closing(), now: muchLater, under: youth)
        #expect(history.discharge == closing().discharge)
    }

    @Test func `without an active plan the closing is refused`() {
        #expect(Case.mobile().gaps(for: closing(), under: youth) == [.plan])
        #expect(refusal(Case.mobile(), closing()) == .planMissing)
    }

    @Test func `a plan or a decline counts up to the discharge, not after it`() {
        var planned = Case.mobile()
        planned.addPlan(end)
        #expect(planned.gaps(for: closing(), under: youth) == [])
        #expect(planned.gaps(for: closing(at: end - 1), under: youth) == [.plan])
        var declined = Case.mobile()
        declined.planDeclinedAt = end
        #expect(declined.gaps(for: closing(), under: youth) == [])
        #expect(declined.gaps(for: closing(at: end - 1), under: youth) == [.plan])
    }

    @Test func `phone-only and adult episodes need no plan`() {
        #expect(refusal(Case.phone(), closing()) == nil)
        #expect(refusal(Case.mobile(), closing(), under: adult) == nil)
    }

    @Test(arguments: ReferralState.allCases)
    func `a referral has to have an outcome`(state: ReferralState) {
        var history = ready
        history.addReferral((state, at("2026-06-06 12:00")))
        #expect(history.gaps(for: closing(), under: youth) == (state.isOpen ? [.referrals(1)] : []))
        #expect(refusal(history, closing()) == (state.isOpen ? .referralOpen : nil))
    }

    @Test func `open referrals are counted, and may be handed over`() {
        var history = ready
        history.addReferral((.sent, at("2026-06-06 12:00")))
        history.addReferral((.rejected, at("2026-06-06 12:00")))
        history.addReferral((.scheduled, at("2026-06-06 12:00")))
        #expect(history.gaps(for: closing(), under: youth) == [.referrals(2)])
        #expect(history.gaps(for: closing(handsOver: true), under: youth) == [])
        #expect(refusal(history, closing(handsOver: true)) == nil)
    }

    @Test func `an outcome that came after the discharge is known by now`() {
        var history = ready
        history.addReferral((.sent, at("2026-06-06 12:00")), (.rejected, end + 86_400))
        #expect(history.gaps(for: closing(), under: youth) == [])
    }

    @Test(arguments: [(0, false), (1, false), (2, false), (3, true), (4, true)])
    func `unable to reach takes three attempts since the last contact`(attempts: Int, isEnough: Bool) {
        var history = ready
        history.addVisit(at("2026-06-06 11:00"), .noAnswer)
        history.addVisit(at("2026-06-06 12:00"))
        for index in 0..<attempts { history.addVisit(at("2026-06-07 12:00") + index, .noAnswer) }
        let closing = closing(unableToReach: true)
        #expect(history.gaps(for: closing, under: youth) == (isEnough ? [] : [.attempts(made: attempts, needed: 3)]))
        #expect(refusal(history, closing) == (isEnough ? nil : .attemptsTooFew))
        #expect(refusal(history, self.closing()) == nil)
    }

    @Test func `attempts after the discharge do not make it reachable by then`() {
        var history = ready
        for seconds in [0, 60, 120] { history.addVisit(end - 60 + seconds, .noAnswer) }
        #expect(
            history.gaps(for: closing(unableToReach: true), under: youth) == [.attempts(made: 2, needed: 3)]
        )
    }

    @Test func `the number of attempts is the policy's`() {
        let practice = youth.with { $0.attemptsBeforeUnableToReach = 1 }
        var history = ready
        #expect(refusal(history, closing(unableToReach: true), under: practice) == .attemptsTooFew)
        history.addVisit(at("2026-06-07 12:00"), .noAnswer)
        #expect(refusal(history, closing(unableToReach: true), under: practice) == nil)
    }

    @Test func `all gaps are named at once`() {
        var history = Case.mobile()
        history.addReferral((.sent, at("2026-06-06 12:00")))
        let closing = closing(unableToReach: true)
        #expect(
            history.gaps(for: closing, under: youth) == [.plan, .referrals(1), .attempts(made: 0, needed: 3)]
        )
        #expect(refusal(history, closing) == .planMissing)
        history.planDeclinedAt = at("2026-06-05 12:00")
        #expect(refusal(history, closing) == .referralOpen)
        history.referrals[0].events[0].state = .rejected
        #expect(refusal(history, closing) == .attemptsTooFew)
    }

    @Test func `overruled, the gate lets the episode go with its gaps`() throws {
        var history = Case.mobile()
        history.addReferral((.sent, at("2026-06-06 12:00")))
        let closing = closing(unableToReach: true, overruled: true)
        try history.close(closing, now: muchLater, under: youth)
        #expect(history.isClosed(at: end))
        #expect(history.deadlines(under: youth).count { $0.outcome == .open } == 0)
    }

    @Test func `overruling does not undo time: no future, no second discharge, nothing recorded after it`() throws {
        let overruled = closing(overruled: true)
        var history = ready
        let early = history.refusal { (history) throws(RuleViolation) in
            try history.close(overruled, now: end - 1, under: youth)
        }
        #expect(early == .inTheFuture)
        #expect(refusal(history, closing(overruled: true, at: Case.arrival - 1)) == .beforeArrival)
        history.addVisit(end + 1)
        #expect(refusal(history, overruled) == .episodeClosed)
        history.visits[0].at = end
        #expect(refusal(history, overruled) == nil)
        history.discharge = overruled.discharge
        #expect(refusal(history, overruled) == .episodeClosed)
    }
}
