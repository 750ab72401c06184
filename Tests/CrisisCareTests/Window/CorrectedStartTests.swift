import CivilTime
import Testing

@testable import CrisisCare

/// A start that is recorded late or corrected must not get round the hard stop.
@Suite struct CorrectedStartTests {
    private func correction(of history: EpisodeHistory, arrival: Instant) -> Rule? {
        history.refusal { (history) throws(RuleViolation) in
            try history.correct(now: muchLater, under: youth) { $0.arrivedAt = arrival }
        }
    }

    @Test func `an earlier arrival may not push a recorded visit out of the window`() {
        var history = Case.mobile(call: at("2026-05-01 10:00"), arrived: Case.arrival)
        history.addVisit(at("2026-07-13 12:00"))
        #expect(correction(of: history, arrival: at("2026-06-01 00:00:00")) == nil)
        #expect(correction(of: history, arrival: at("2026-05-31 23:59:59")) == .windowClosed)
        #expect(correction(of: history, arrival: at("2026-06-02 10:00")) == nil)
    }

    @Test func `an arrival recorded after the visits is judged with them`() {
        var history = Case.mobile(arrived: nil)
        history.addVisit(at("2026-07-14 12:00"))
        func refusal(_ instant: Instant) -> Rule? {
            history.refusal { (history) throws(RuleViolation) in
                try history.recordArrival(at: instant, now: muchLater, under: youth)
            }
        }
        #expect(refusal(at("2026-06-01 23:59:59")) == .windowClosed)
        #expect(refusal(at("2026-06-02 00:00:00")) == nil)
    }

    @Test func `a corrected arrival may not leave an extension longer than 14 days`() {
        var history = Case.mobile(call: at("2026-05-01 10:00"), arrived: Case.arrival)
        history.addExtension(at("2026-07-10 09:00"), to: day("2026-07-27"))
        #expect(correction(of: history, arrival: at("2026-06-01 00:00:00")) == nil)
        #expect(correction(of: history, arrival: at("2026-05-31 23:59:59")) == .extensionTooLong)
    }

    @Test func `a corrected start moves the open deadlines and leaves what was met`() throws {
        var history = Case.mobile()
        history.addVisit(at("2026-06-02 10:00"))
        let before = history
        try history.correct(now: muchLater, under: youth) { $0.arrivedAt = at("2026-06-02 09:00") }
        #expect(try history.only(.close).dueAt == at("2026-07-14 23:59:59"))
        #expect(try history.only(.safetyPlan).dueAt == at("2026-06-09 23:59:59"))
        #expect(try history.only(.firstContact).outcome == .met(at("2026-06-02 10:00")))
        #expect(history.deadlines(.nextContact) == before.deadlines(.nextContact))
        #expect(history.visits == before.visits)
    }

    @Test func `a corrected call may not lie after what was recorded`() {
        var history = Case.mobile(call: Case.call, arrived: at("2026-06-05 10:00"))
        history.addVisit(at("2026-06-01 12:00"))
        func refusal(_ call: Instant) -> Rule? {
            history.refusal { (history) throws(RuleViolation) in
                try history.correct(now: muchLater, under: youth) { $0.callReceivedAt = call }
            }
        }
        #expect(refusal(at("2026-06-01 12:00:00")) == nil)
        #expect(refusal(at("2026-06-01 12:00:01")) == .beforeEpisode)
        #expect(refusal(at("2026-06-05 10:00:01")) == .beforeArrival)
        #expect(refusal(muchLater + 1) == .inTheFuture)
    }
}
