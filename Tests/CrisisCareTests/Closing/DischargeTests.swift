import CivilTime
import Testing

@testable import CrisisCare

@Suite struct DischargeTests {
    private var ready: EpisodeHistory {
        var history = Case.mobile()
        history.addPlan(at("2026-06-05 12:00"))
        return history
    }

    private func refusal(_ history: EpisodeHistory, _ discharge: Discharge, now: Instant = muchLater) -> Rule? {
        let closing = Closing(
            discharge: discharge,
            isUnableToReach: false,
            handsOverReferrals: false,
            isOverruled: false
        )
        return history.refusal { (history) throws(RuleViolation) in
            try history.close(closing, now: now, under: youth)
        }
    }

    @Test(arguments: [
        ("2026-06-20", "2026-06-21T04:00:00Z"), ("2026-12-20", "2026-12-21T05:00:00Z"),
        // The day on which daylight-saving time begins has 23 hours, the one on which it ends 25.
        ("2026-03-07", "2026-03-08T05:00:00Z"), ("2026-03-08", "2026-03-09T04:00:00Z"),
        ("2026-10-31", "2026-11-01T04:00:00Z"), ("2026-11-01", "2026-11-02T05:00:00Z"),
        ("2026-12-31", "2027-01-01T05:00:00Z"),
    ])
    func `a discharge known by its date takes effect at the next local midnight`(on: String, midnight: String) {
        let discharge = Discharge(on: day(on), in: newYork)
        #expect(discharge.at == at(midnight))
        #expect(discharge.on == day(on))
        #expect(discharge.at - 1 == newYork.endOfDay(day(on)))
    }

    @Test(arguments: ["2026-06-20", "2026-03-08", "2026-11-01"])
    func `at 23:59:59 of its day the case is open, at midnight closed`(on: String) {
        var history = Case.mobile(call: at("2026-02-20 10:00"), arrived: at("2026-02-20 10:30"))
        history.discharge = Discharge(on: day(on), in: newYork)
        let lastSecond = newYork.endOfDay(day(on))
        #expect(!history.isClosed(at: lastSecond))
        #expect(history.isClosed(at: lastSecond + 1))
        #expect(history.open(at: lastSecond).contains(.close))
        #expect(history.open(at: lastSecond + 1) == [])
        #expect(history.asOf(lastSecond)?.discharge == nil)
        #expect(history.asOf(lastSecond + 1)?.discharge != nil)
    }

    @Test func `a discharge known by its date lies before today`() {
        let discharge = Discharge(on: day("2026-06-20"), in: newYork)
        #expect(refusal(ready, discharge, now: at("2026-06-20 23:59:59")) == .inTheFuture)
        #expect(refusal(ready, discharge, now: at("2026-06-21 00:00:00")) == nil)
    }

    @Test func `a discharge up to this second is accepted, a later one refused`() {
        let now = at("2026-06-20 12:00")
        #expect(refusal(ready, Discharge(at: now, on: day("2026-06-20")), now: now) == nil)
        #expect(refusal(ready, Discharge(at: now + 1, on: day("2026-06-20")), now: now) == .inTheFuture)
    }

    @Test func `a discharge after the window's end is late, never refused`() throws {
        let late = [at("2026-07-13 23:59:59"), at("2026-07-14 00:00:00"), at("2027-06-01 10:00")]
        for instant in late {
            let discharge = Discharge(at: instant, on: newYork.date(of: instant))
            #expect(refusal(ready, discharge) == nil)
            var history = ready
            history.discharge = discharge
            #expect(try history.only(.close).outcome == .met(instant))
        }
    }

    @Test func `a discharge lies at or after the arrival`() {
        var history = Case.mobile()
        history.planDeclinedAt = Case.call
        #expect(refusal(history, Discharge(at: Case.arrival, on: day("2026-06-01"))) == nil)
        #expect(refusal(history, Discharge(at: Case.arrival - 1, on: day("2026-06-01"))) == .beforeArrival)
        #expect(refusal(history, Discharge(at: Case.call - 1, on: day("2026-06-01"))) == .beforeArrival)
    }

    @Test func `what is recorded at the discharge's instant may stand, what lies after it may not`() {
        let end = at("2026-06-20 12:00")
        let discharge = Discharge(at: end, on: day("2026-06-20"))
        let records: [(inout EpisodeHistory, Instant) -> Void] = [
            { $0.addVisit($1) }, { $0.addPlan($1) }, { $0.addReview($1) },
            { $0.addExtension($1, to: day("2026-07-20")) },
            { $0.planDeclinedAt = $1 }, { $0.addReferral((.sent, $1), (.rejected, $1)) },
        ]
        for record in records {
            var history = ready
            record(&history, end)
            #expect(refusal(history, discharge) == nil)
            history = ready
            record(&history, end + 1)
            #expect(refusal(history, discharge) == .episodeClosed)
        }
    }

    @Test func `the answer to a referral may lie after the discharge`() {
        let end = at("2026-06-20 12:00")
        var history = ready
        history.addReferral((.sent, end), (.rejected, end + 86_400))
        #expect(refusal(history, Discharge(at: end, on: day("2026-06-20"))) == nil)
    }

    @Test func `a closed episode is not closed again`() {
        var history = ready
        history.discharge = Discharge(at: at("2026-06-20 12:00"), on: day("2026-06-20"))
        #expect(refusal(history, Discharge(at: at("2026-06-21 12:00"), on: day("2026-06-21"))) == .episodeClosed)
    }
}
