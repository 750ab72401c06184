import CivilTime
import Testing

@testable import CrisisCare

/// What went wrong in the systems that do this job, as far as the rules decide it.
@Suite struct PitfallTests {
    @Test func `pitfall 4 daylight saving in clocks: the hour that comes twice, the hour that does not exist`() throws {
        let autumn = Case.mobile(call: at("2026-11-01T01:50-04:00"), arrived: nil)
        #expect(autumn.overdue(at: at("2026-11-01T01:35-05:00")) == [])
        #expect(autumn.overdue(at: at("2026-11-01T01:35:01-05:00")) == [.arrival])
        let spring = Case.mobile(call: at("2026-03-08 01:50"), arrived: nil)
        #expect(spring.overdue(at: at("2026-03-08 03:35")) == [])
        #expect(spring.overdue(at: at("2026-03-08 03:35:01")) == [.arrival])
        for (arrival, lastDay) in [("2026-02-10 10:00", "2026-03-24"), ("2026-10-01 10:00", "2026-11-12")] {
            let history = Case.mobile(call: at(arrival), arrived: at(arrival))
            #expect(try #require(history.window(under: youth)).lastDay == day(lastDay))
        }
    }

    @Test func `pitfall 7 the window extends itself: day 43 is refused, and no visit moves the end`() throws {
        var history = Case.mobile()
        for offset in stride(from: 1, through: 42, by: 1) {
            try history.log(.at(newYork.endOfDay(day("2026-06-01").adding(days: offset)), id: Int64(offset)))
        }
        #expect(history.window(under: youth)?.lastDay == day("2026-07-13"))
        #expect(history.refusal(ofVisitAt: at("2026-07-14 00:00:00")) == .windowClosed)
        #expect(history.refusal(ofVisitAt: at("2026-07-14 00:00:00"), .noAnswer) == .windowClosed)
        #expect(history.window(under: youth)?.lastDay == day("2026-07-13"))
    }

    @Test func `pitfall 8 a corrected start moves this case only, and only what is open`() throws {
        var first = Case.mobile()
        first.addVisit(at("2026-06-02 12:00"))
        let second = first
        try first.correct(now: muchLater, under: youth) { $0.arrivedAt = at("2026-06-02 11:00") }
        #expect(try first.only(.close).dueAt == at("2026-07-14 23:59:59"))
        #expect(try second.only(.close).dueAt == at("2026-07-13 23:59:59"))
        #expect(try first.only(.firstContact).outcome == second.only(.firstContact).outcome)
    }

    @Test func `pitfall 9 the hard stop holds on every path that could put a visit after the window`() {
        let late = at("2026-07-14 00:00:00")
        #expect(Case.mobile().refusal(ofVisitAt: late) == .windowClosed)
        // Overruled for a caregiver's consent: that reason opens no window.
        let overruled = Case.mobile().refusal { (history) throws(RuleViolation) in
            try history.record(.at(late, with: .both), isOverruled: true, now: muchLater, under: youth)
        }
        #expect(overruled == .windowClosed)
        // The visit first, the arrival afterwards.
        var waiting = Case.mobile(arrived: nil)
        waiting.addVisit(late)
        let arrival = waiting.refusal { (history) throws(RuleViolation) in
            try history.recordArrival(at: Case.arrival, now: muchLater, under: youth)
        }
        #expect(arrival == .windowClosed)
        // The visit inside, then a start that is moved away from it.
        var moved = Case.mobile(call: at("2026-05-01 10:00"), arrived: Case.arrival)
        moved.addVisit(late - 1)
        let correction = moved.refusal { (history) throws(RuleViolation) in
            try history.correct(now: muchLater, under: youth) { $0.arrivedAt = Case.arrival - 86_400 }
        }
        #expect(correction == .windowClosed)
        // An extension granted afterwards does not reach back.
        var extended = Case.mobile()
        extended.addExtension(late + 1, to: day("2026-07-20"))
        #expect(extended.refusal(ofVisitAt: late) == .windowClosed)
        #expect(extended.refusal(ofVisitAt: late + 1) == nil)
    }

    @Test func `pitfall 10 overdue work ages out of view: 400 days late on an open case is still listed`() {
        let late = at("2026-06-03 10:30") + 400 * 86_400
        #expect(Case.mobile().overdue(at: late) == [.firstContact, .safetyPlan, .close])
        var history = Case.mobile()
        history.addReferral((.sent, at("2026-06-02 10:00")))
        #expect(history.overdue(at: at("2046-06-02 10:00")).contains(.referralAnswer))
    }

    @Test func `pitfall 11 closing cancels with the reason, silence closes nothing`() throws {
        var history = Case.mobile()
        #expect(history.open(at: muchLater) == [.firstContact, .safetyPlan, .close])
        #expect(!history.isClosed(at: .distantFuture))
        let end = at("2026-06-20 12:00")
        history.discharge = Discharge(at: end, on: day("2026-06-20"))
        #expect(try history.only(.firstContact).outcome == .cancelled(end, .discharged))
        #expect(try history.only(.safetyPlan).outcome == .cancelled(end, .discharged))
        #expect(history.overdue(at: muchLater) == [])
    }

    @Test func `pitfall 13 an attempt counted as a contact: three no-answers leave the visit due, attempts 3`() throws {
        var history = Case.mobile()
        for hour in 1...3 { history.addVisit(Case.arrival + hour * 3_600, .noAnswer) }
        #expect(try history.only(.firstContact).outcome == .open)
        #expect(history.deadlines(.nextContact) == [])
        #expect(history.attemptsSinceContact == 3)
        history.addVisit(at("2026-06-02 12:00"))
        let due = try history.only(.nextContact).dueAt
        for hour in 1...3 { history.addVisit(at("2026-06-04 12:00") + hour * 3_600, .noShow) }
        #expect(try history.only(.nextContact).outcome == .open)
        #expect(try history.only(.nextContact).dueAt == due)
        #expect(history.attemptsSinceContact == 3)
    }

    @Test func `pitfall 22 two visits in one second are both kept: latest by occurrence, then entry`() throws {
        let noon = at("2026-06-02 12:00")
        var history = Case.mobile()
        try history.log(.at(noon, promised: day("2026-06-04"), id: 1))
        try history.log(.at(noon, promised: day("2026-06-09"), id: 2))
        #expect(history.visits.count == 2)
        #expect(history.contacts.last?.id.value == 2)
        let open = history.deadlines(.nextContact).filter { $0.outcome == .open }
        #expect(open.map(\.dueAt) == [at("2026-06-09 23:59:59")])
        // A visit of an earlier time that is entered last is not the latest.
        try history.log(.at(noon - 60, promised: day("2026-06-30"), id: 3))
        #expect(history.contacts.map(\.id.value) == [3, 1, 2])
        let stillOpen = history.deadlines(.nextContact).filter { $0.outcome == .open }
        #expect(stillOpen == open)
    }

    @Test func `pitfall 25 vacuously complete: no visit, an empty plan, no means, no referral are not complete`() throws
    {
        #expect(try Case.mobile().only(.firstContact).outcome == .open)
        #expect(try Case.mobile().only(.safetyPlan).outcome == .open)
        #expect(!PlanContent().gaps(in: nil).isEmpty)
        #expect(CompletePlan.gaps { $0.lethalMeans = [] } == [.lethalMeans([])])
        let emptySteps = Dictionary(uniqueKeysWithValues: PlanStep.allCases.map { ($0, [String]()) })
        #expect(CompletePlan.gaps { $0.entries = emptySteps }.count == PlanStep.allCases.count + 3)
        // A referral without steps is at the beginning of the loop, not at its end.
        #expect(Referral(id: RecordID(1), events: []).state == .identified)
        #expect(Referral(id: RecordID(1), events: []).state.isOpen)
    }

    @Test func `pitfall 27 a voided last visit counts nowhere, and what it met is open again`() throws {
        var history = Case.mobile()
        history.addVisit(at("2026-06-02 12:00"))
        history.addVisit(at("2026-06-05 12:00"))
        let overdueAt = at("2026-06-10 00:00")
        #expect(!history.overdue(at: overdueAt).contains(.nextContact))
        history.visits.removeLast()
        #expect(history.overdue(at: overdueAt).contains(.nextContact))
        history.visits.removeLast()
        #expect(history.contacts.isEmpty)
        #expect(history.overdue(at: overdueAt).contains(.firstContact))
    }

    /// What a deadline is at an instant; exactly one of these.
    private enum Status: CaseIterable {
        case open, overdue, metInTime, metLate, cancelled
    }

    private func statuses(of deadline: Deadline, at instant: Instant) -> [Status] {
        Status.allCases.filter { status in
            switch (status, deadline.outcome) {
            case (.open, .open): !deadline.isOverdue(at: instant)
            case (.overdue, .open): deadline.isOverdue(at: instant)
            case (.metInTime, .met(let at)): at <= deadline.dueAt
            case (.metLate, .met(let at)): at > deadline.dueAt
            case (.cancelled, .cancelled): true
            default: false
            }
        }
    }

    @Test func `pitfall 28 order of tests: at each boundary exactly one status`() {
        var history = Case.mobile()
        history.addVisit(at("2026-06-02 12:00"))
        history.addPlan(at("2026-06-03 12:00"))
        history.addReferral((.sent, at("2026-06-02 10:00")))
        history.addReferral((.sent, at("2026-06-02 10:00")), (.accepted, at("2026-06-03 10:00")))
        var closed = history
        closed.discharge = Discharge(on: day("2026-06-30"), in: newYork)
        for history in [Case.mobile(arrived: nil), Case.deferred(), Case.phone(), history, closed] {
            for due in history.deadlines(under: youth).map(\.dueAt) {
                for instant in [due - 1, due, due + 1] {
                    for deadline in history.asOf(instant)?.deadlines(under: youth) ?? [] {
                        #expect(statuses(of: deadline, at: instant).count == 1)
                        #expect(!deadline.isOverdue(at: instant) || deadline.outcome == .open)
                    }
                }
            }
        }
        // The one second in which each open clock turns.
        let clocks = history.deadlines(under: youth).filter { $0.outcome == .open }
        #expect(clocks.count == 5)
        for clock in clocks {
            #expect([-1, 0, 1].map { clock.isOverdue(at: clock.dueAt + $0) } == [false, false, true])
        }
    }
}
