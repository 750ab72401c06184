import CivilTime
import Testing

@testable import CrisisCare

/// A discharge ends every clock: what is open is cancelled, what was met stays met, nothing starts after it.
@Suite struct DischargeEndsClocksTests {
    private let end = at("2026-06-10 12:00")

    /// Everything is open at once.
    private var busy: EpisodeHistory {
        var history = Case.mobile()
        history.addVisit(at("2026-06-05 10:00"))
        history.addPlan(at("2026-06-05 10:30"))
        history.addReferral((.sent, at("2026-06-06 10:00")))
        history.addReferral((.sent, at("2026-06-06 10:00")), (.accepted, at("2026-06-07 10:00")))
        return history
    }

    @Test func `discharge cancels every open deadline with its reason, and close is met by it`() {
        var history = busy
        #expect(history.open(at: end) == [.nextContact, .planReview, .referralAnswer, .firstAppointment, .close])
        history.discharge = Discharge(at: end, on: day("2026-06-10"))
        for deadline in history.deadlines(under: youth) {
            switch deadline.kind {
            case .nextContact, .planReview, .firstAppointment:
                #expect(deadline.outcome == .cancelled(end, .discharged))
            case .close:
                #expect(deadline.outcome == .met(end))
            case .arrival, .firstContact, .safetyPlan, .referralAnswer, .deferredResponse:
                #expect(deadline.outcome != .open)
            }
        }
        #expect(history.open(at: end - 1).count == 5)
        #expect(history.open(at: end) == [])
    }

    @Test func `overdue until the discharge, never after it`() {
        var history = busy
        let late = at("2026-08-20 12:00")
        history.discharge = Discharge(at: late, on: day("2026-08-20"))
        #expect(
            history.overdue(at: late - 1) == [.nextContact, .planReview, .referralAnswer, .firstAppointment, .close]
        )
        #expect(history.overdue(at: late) == [])
        #expect(history.overdue(at: muchLater) == [])
    }

    @Test func `what was met by the discharge's own instant stays met, a second later it was cancelled`() {
        var history = Case.mobile()
        history.discharge = Discharge(at: end, on: day("2026-06-10"))
        history.addReferral((.sent, at("2026-06-09 10:00")), (.accepted, end))
        #expect(history.deadlines(.referralAnswer).map(\.outcome) == [.met(end)])
        history.referrals[0].events[1].at = end + 1
        #expect(history.deadlines(.referralAnswer).map(\.outcome) == [.cancelled(end, .discharged)])
    }

    @Test func `an answer after the discharge starts no clock`() {
        var history = Case.mobile()
        history.discharge = Discharge(at: end, on: day("2026-06-10"))
        history.addReferral((.sent, at("2026-06-09 10:00")), (.accepted, end + 1))
        #expect(history.deadlines(.firstAppointment) == [])
        history.referrals[0].events[1].at = end
        #expect(history.deadlines(.firstAppointment).map(\.outcome) == [.cancelled(end, .discharged)])
    }

    @Test func `a referral closed after the discharge was cancelled by the discharge`() {
        var history = Case.mobile()
        history.discharge = Discharge(at: end, on: day("2026-06-10"))
        history.addReferral((.sent, at("2026-06-09 10:00")), (.closedWithoutConnection, end + 60))
        #expect(history.deadlines(.referralAnswer).map(\.outcome) == [.cancelled(end, .discharged)])
    }
}
