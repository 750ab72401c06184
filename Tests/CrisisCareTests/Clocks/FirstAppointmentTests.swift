import CivilTime
import Testing

@testable import CrisisCare

/// `first-appointment`: from acceptance to attendance, by the appointment's date, else 14 days.
@Suite struct FirstAppointmentTests {
    private let accepted = at("2026-06-04 10:00")
    private let appointment = at("2026-06-11 16:00")

    private func acceptedReferral(appointment: Instant? = nil) -> EpisodeHistory {
        var history = Case.mobile()
        history.addReferral((.sent, at("2026-06-02 10:00")))
        history.addStep(.accepted, accepted, appointment: appointment)
        return history
    }

    private func scheduled(_ instant: Instant) -> EpisodeHistory {
        var history = acceptedReferral()
        history.addStep(.scheduled, instant, appointment: appointment)
        return history
    }

    @Test func `without an appointment it is due 14 days after acceptance`() throws {
        let history = acceptedReferral()
        let deadline = try history.only(.firstAppointment)
        #expect(deadline.startedAt == accepted)
        #expect(deadline.about == .referral(history.referrals[0].id))
        #expect(deadline.dueAt == at("2026-06-18 23:59:59"))
        #expect(deadline.outcome == .open)
    }

    @Test func `an appointment known at acceptance sets the date, earlier or later than 14 days`() throws {
        #expect(
            try acceptedReferral(appointment: appointment).only(.firstAppointment).dueAt == at("2026-06-11 23:59:59")
        )
        let late = acceptedReferral(appointment: at("2026-07-30 09:00"))
        #expect(try late.only(.firstAppointment).dueAt == at("2026-07-30 23:59:59"))
    }

    @Test func `an appointment in the evening is due on its local day`() throws {
        // 20:30 in New York is the next day in UTC.
        let history = acceptedReferral(appointment: at("2026-06-11 20:30"))
        #expect(try history.only(.firstAppointment).dueAt == at("2026-06-11 23:59:59"))
    }

    @Test func `scheduling moves the date and does not meet it`() throws {
        let history = scheduled(at("2026-06-05 10:00"))
        let deadline = try history.only(.firstAppointment)
        #expect(deadline.dueAt == at("2026-06-11 23:59:59"))
        #expect(deadline.startedAt == accepted)
        #expect(deadline.outcome == .open)
    }

    @Test func `as of an instant before the scheduling the old date holds`() throws {
        let history = scheduled(at("2026-06-05 10:00"))
        let before = try #require(history.asOf(at("2026-06-05 09:59:59")))
        #expect(try before.only(.firstAppointment).dueAt == at("2026-06-18 23:59:59"))
        let after = try #require(history.asOf(at("2026-06-05 10:00:00")))
        #expect(try after.only(.firstAppointment).dueAt == at("2026-06-11 23:59:59"))
    }

    @Test func `a new appointment moves it again`() throws {
        var history = scheduled(at("2026-06-05 10:00"))
        history.addStep(.scheduled, at("2026-06-08 10:00"), appointment: at("2026-06-25 09:00"))
        #expect(try history.only(.firstAppointment).dueAt == at("2026-06-25 23:59:59"))
    }

    @Test(arguments: [ReferralState.noShow, .cancelled])
    func `a missed appointment leaves it open and overdue from the next midnight`(missed: ReferralState) throws {
        var history = scheduled(at("2026-06-05 10:00"))
        history.addStep(missed, at("2026-06-11 16:30"))
        #expect(try history.only(.firstAppointment).outcome == .open)
        #expect(!history.overdue(at: at("2026-06-11 23:59:59")).contains(.firstAppointment))
        #expect(history.overdue(at: at("2026-06-12 00:00:00")).contains(.firstAppointment))
    }

    @Test func `attendance meets it, in time or late, and connecting adds nothing`() throws {
        for attended in [at("2026-06-11 23:59:59"), at("2026-06-12 00:00:00")] {
            var history = scheduled(at("2026-06-05 10:00"))
            history.addStep(.attended, attended)
            history.addStep(.connected, attended + 3_600)
            #expect(try history.only(.firstAppointment).outcome == .met(attended))
        }
    }

    @Test(arguments: [ReferralState.declinedByFamily, .closedWithoutConnection])
    func `an ended referral cancels it`(end: ReferralState) throws {
        var history = acceptedReferral()
        history.addStep(end, at("2026-06-30 10:00"))
        #expect(try history.only(.firstAppointment).outcome == .cancelled(at("2026-06-30 10:00"), .referralEnded))
    }

    @Test func `a rejected or waitlisted referral has no first appointment`() {
        for answer in [ReferralState.rejected, .waitlisted] {
            var history = Case.mobile()
            history.addReferral((.sent, at("2026-06-02 10:00")), (answer, accepted))
            #expect(history.deadlines(.firstAppointment) == [])
        }
    }

    @Test func `acceptance from the waiting list starts it`() throws {
        var history = Case.mobile()
        history.addReferral((.waitlisted, at("2026-06-02 10:00")), (.accepted, at("2026-06-20 10:00")))
        #expect(try history.only(.firstAppointment).dueAt == at("2026-07-04 23:59:59"))
    }

    @Test func `fourteen days across either change of the clocks end at midnight`() throws {
        for (accepted, due) in [("2026-03-01 23:30", "2026-03-15"), ("2026-10-25 23:30", "2026-11-08")] {
            var history = Case.mobile(call: at("2026-01-05 10:00"))
            history.addReferral((.accepted, at(accepted)))
            #expect(try history.only(.firstAppointment).dueAt == newYork.endOfDay(day(due)))
        }
    }

    @Test func `referral clocks know no window: they run while the episode is open`() throws {
        var history = Case.mobile()
        history.addReferral((.accepted, at("2026-07-10 10:00")))
        #expect(try history.only(.firstAppointment).dueAt == at("2026-07-24 23:59:59"))
        #expect(history.overdue(at: at("2026-12-01 10:00")).contains(.firstAppointment))
    }
}
