import CivilTime
import Testing

@testable import CrisisCare

/// `arrival`: 45 minutes from the call, for immediate mobile only.
@Suite struct ArrivalTests {
    private let call = Case.call
    private let due = at("2026-06-01 10:45")

    @Test func `the arrival of a mobile response is due 45 minutes after the call, to the second`() throws {
        let deadline = try Case.mobile(arrived: nil).only(.arrival)
        #expect(deadline.startedAt == call)
        #expect(deadline.startedBy == 1)
        #expect(deadline.about == .episode)
        #expect(deadline.dueAt == call + 2_700)
        #expect(deadline.outcome == .open)
    }

    @Test(arguments: [(2_699, false), (2_700, false), (2_701, true)])
    func `nobody has arrived: overdue at 45:01, not at 44:59 or 45:00`(seconds: Int, isOverdue: Bool) {
        let history = Case.mobile(arrived: nil)
        #expect(history.overdue(at: call + seconds).contains(.arrival) == isOverdue)
        #expect(history.open(at: call + seconds) == [.arrival])
    }

    @Test(arguments: [(2_699, true), (2_700, true), (2_701, false)])
    func `an arrival at 44:59 or 45:00 is in time, at 45:01 late`(seconds: Int, isInTime: Bool) throws {
        let deadline = try Case.mobile(arrived: call + seconds).only(.arrival)
        #expect(deadline.outcome == .met(call + seconds))
        #expect((call + seconds <= deadline.dueAt) == isInTime)
    }

    @Test func `a late arrival ends the overdue arrival`() {
        let history = Case.mobile(arrived: due + 600)
        #expect(history.overdue(at: due + 599) == [.arrival])
        #expect(history.overdue(at: due + 600) == [])
    }

    @Test func `deferred and phone-only episodes have no arrival clock`() {
        #expect(Case.deferred().deadlines(.arrival) == [])
        #expect(Case.deferred(arrived: due).deadlines(.arrival) == [])
        #expect(Case.phone().deadlines(.arrival) == [])
    }

    @Test func `the allowance for intake is added to the 45 minutes`() throws {
        let practice = youth.with { $0.arrivalAllowanceMinutes = 10 }
        let deadline = try Case.mobile(arrived: nil).only(.arrival, under: practice)
        #expect(deadline.dueAt == call + 3_300)
        #expect(Case.mobile(arrived: nil).overdue(at: call + 3_300, under: practice) == [])
        #expect(Case.mobile(arrived: nil).overdue(at: call + 3_301, under: practice) == [.arrival])
    }

    @Test func `policy may count from the transfer or from the end of the call`() throws {
        var history = Case.mobile(arrived: nil)
        history.transferredAt = call + 300
        history.callEndedAt = call + 600
        let expected: [(ResponseClock, Int)] = [(.callReceived, 0), (.transferred, 300), (.callEnded, 600)]
        for (clock, seconds) in expected {
            let deadline = try history.only(.arrival, under: youth.with { $0.responseClock = clock })
            #expect(deadline.startedAt == call + seconds, "\(clock)")
            #expect(deadline.dueAt == call + seconds + 2_700, "\(clock)")
        }
    }

    @Test func `where the policy's instant was not recorded, the call counts`() throws {
        for clock in ResponseClock.allCases {
            let deadline = try Case.mobile(arrived: nil).only(.arrival, under: youth.with { $0.responseClock = clock })
            #expect(deadline.dueAt == due, "\(clock)")
        }
    }

    @Test func `a discharge without an arrival cancels the arrival`() throws {
        var history = Case.mobile(arrived: nil)
        history.discharge = Discharge(at: call + 1_000, on: day("2026-06-01"))
        #expect(try history.only(.arrival).outcome == .cancelled(call + 1_000, .discharged))
    }
}
