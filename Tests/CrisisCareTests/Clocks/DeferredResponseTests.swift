import CivilTime
import Testing

@testable import CrisisCare

/// `deferred-response`: 48 hours from the call, for deferred mobile only.
@Suite struct DeferredResponseTests {
    private let call = Case.call
    private let hours48 = 172_800

    @Test func `a deferred response is due 48 hours after the call, to the second`() throws {
        let deadline = try Case.deferred().only(.deferredResponse)
        #expect(deadline.startedAt == call)
        #expect(deadline.dueAt == at("2026-06-03 10:00"))
        #expect(deadline.outcome == .open)
        #expect(deadline.about == .episode)
    }

    @Test(arguments: [(-1, false), (0, false), (1, true)])
    func `nobody has arrived: overdue a second after 48 hours`(offset: Int, isOverdue: Bool) {
        #expect(Case.deferred().overdue(at: call + hours48 + offset).contains(.deferredResponse) == isOverdue)
    }

    @Test func `the arrival meets it, in time or late`() throws {
        for seconds in [hours48 - 1, hours48, hours48 + 1] {
            let deadline = try Case.deferred(arrived: call + seconds).only(.deferredResponse)
            #expect(deadline.outcome == .met(call + seconds))
        }
    }

    @Test func `mobile and phone-only episodes have no deferred response`() {
        #expect(Case.mobile(arrived: nil).deadlines(.deferredResponse) == [])
        #expect(Case.phone().deadlines(.deferredResponse) == [])
    }

    @Test func `48 hours across the spring change are 48 hours elapsed`() throws {
        let deadline = try Case.deferred(call: at("2026-03-07 10:00")).only(.deferredResponse)
        #expect(deadline.dueAt == at("2026-03-09 11:00"))
    }

    @Test func `48 hours across the autumn change are 48 hours elapsed`() throws {
        let deadline = try Case.deferred(call: at("2026-10-31 10:00")).only(.deferredResponse)
        #expect(deadline.dueAt == at("2026-11-02 09:00"))
    }

    @Test func `the policy's response clock moves the arrival only: a deferred response counts from the call`() throws {
        var history = Case.deferred()
        history.transferredAt = call + 300
        history.callEndedAt = call + 600
        for clock in ResponseClock.allCases {
            let deadline = try history.only(.deferredResponse, under: youth.with { $0.responseClock = clock })
            #expect(deadline.startedAt == call, "\(clock)")
            #expect(deadline.dueAt == call + hours48, "\(clock)")
        }
    }

    @Test func `the intake allowance belongs to the arrival only`() throws {
        let practice = youth.with { $0.arrivalAllowanceMinutes = 10 }
        #expect(try Case.deferred().only(.deferredResponse, under: practice).dueAt == call + hours48)
    }
}
