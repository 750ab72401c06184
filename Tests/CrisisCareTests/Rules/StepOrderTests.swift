import CivilTime
import Testing

@testable import CrisisCare

/// Call, transfer, dispatch, arrival, discharge: none before the one it follows.
@Suite struct StepOrderTests {
    private let call = Case.call

    private func opening(_ change: (inout EpisodeHistory) -> Void, now: Instant = muchLater) -> Rule? {
        var history = Case.mobile(arrived: nil)
        change(&history)
        return ruleRefusing { () throws(RuleViolation) in try history.checkOpening(now: now) }
    }

    @Test func `steps at one instant or one after the other are in order`() {
        #expect(opening { _ in } == nil)
        #expect(opening { ($0.transferredAt, $0.dispatchedAt, $0.arrivedAt) = (call, call, call) } == nil)
        #expect(opening { ($0.transferredAt, $0.dispatchedAt, $0.arrivedAt) = (call, call + 1, call + 2) } == nil)
        #expect(opening { $0.arrivedAt = call + 1 } == nil)
        #expect(opening { $0.callEndedAt = call } == nil)
    }

    @Test func `a step before the one it follows is refused`() {
        #expect(opening { $0.transferredAt = call - 1 } == .beforeArrival)
        #expect(opening { $0.dispatchedAt = call - 1 } == .beforeArrival)
        #expect(opening { $0.arrivedAt = call - 1 } == .beforeArrival)
        #expect(opening { $0.callEndedAt = call - 1 } == .beforeArrival)
        #expect(opening { ($0.transferredAt, $0.dispatchedAt) = (call + 2, call + 1) } == .beforeArrival)
        #expect(opening { ($0.transferredAt, $0.arrivedAt) = (call + 2, call + 1) } == .beforeArrival)
        #expect(opening { ($0.dispatchedAt, $0.arrivedAt) = (call + 2, call + 1) } == .beforeArrival)
    }

    @Test func `nothing of an opening lies in the future`() {
        #expect(opening({ _ in }, now: call) == nil)
        #expect(opening({ _ in }, now: call - 1) == .inTheFuture)
        #expect(opening({ $0.transferredAt = call + 1 }, now: call) == .inTheFuture)
        #expect(opening({ $0.dispatchedAt = call + 1 }, now: call) == .inTheFuture)
        #expect(opening({ $0.arrivedAt = call + 1 }, now: call) == .inTheFuture)
        #expect(opening({ $0.arrivedAt = call + 1 }, now: call + 1) == nil)
    }

    /// The three ways to record a step.
    private static func record(
        _ step: Int,
        in history: inout EpisodeHistory,
        at instant: Instant,
        now: Instant
    ) throws(RuleViolation) {
        switch step {
        case 0: try history.recordTransfer(at: instant, now: now)
        case 1: try history.recordDispatch(at: instant, now: now)
        default: try history.recordArrival(at: instant, now: now, under: youth)
        }
    }

    private func refusal(_ step: Int, in history: EpisodeHistory, at instant: Instant, now: Instant = muchLater)
        -> Rule?
    {
        history.refusal { (history) throws(RuleViolation) in
            try Self.record(step, in: &history, at: instant, now: now)
        }
    }

    @Test(arguments: 0..<3)
    func `a step is recorded once, in order, and not in the future`(step: Int) throws {
        let history = Case.mobile(arrived: nil)
        #expect(refusal(step, in: history, at: call) == nil)
        #expect(refusal(step, in: history, at: call - 1) == .beforeArrival)
        #expect(refusal(step, in: history, at: call + 1, now: call) == .inTheFuture)
        #expect(refusal(step, in: history, at: call + 1, now: call + 1) == nil)
        var recorded = history
        try Self.record(step, in: &recorded, at: call + 60, now: muchLater)
        #expect([recorded.transferredAt, recorded.dispatchedAt, recorded.arrivedAt][step] == call + 60)
        #expect(refusal(step, in: recorded, at: call + 60) == .stateOrder)
        #expect(refusal(step, in: recorded, at: call + 61) == .stateOrder)
    }

    @Test(arguments: 0..<3)
    func `no step follows the discharge`(step: Int) {
        var history = Case.mobile(arrived: nil)
        history.discharge = Discharge(at: call + 60, on: day("2026-06-01"))
        #expect(refusal(step, in: history, at: call + 59) == nil)
        #expect(refusal(step, in: history, at: call + 60) == .episodeClosed)
    }

    @Test func `an arrival at a phone-only episode is refused`() {
        #expect(refusal(2, in: Case.phone(), at: call + 60) == .phoneOnly)
        #expect(refusal(2, in: Case.deferred(), at: call + 60) == nil)
    }

    @Test func `a transfer recorded late still has to lie before the dispatch and the arrival`() {
        var history = Case.mobile(arrived: call + 600)
        history.dispatchedAt = call + 300
        #expect(refusal(0, in: history, at: call + 300) == nil)
        #expect(refusal(0, in: history, at: call + 301) == .beforeArrival)
    }
}
