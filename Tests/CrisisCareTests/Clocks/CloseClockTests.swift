import CivilTime
import Testing

@testable import CrisisCare

/// `close`: from the response to the window's last day; phone only, the day after the call.
@Suite struct CloseClockTests {
    @Test func `a mobile episode is to be closed by the end of day 42`() throws {
        let deadline = try Case.mobile().only(.close)
        #expect(deadline.startedAt == Case.arrival)
        #expect(deadline.dueAt == at("2026-07-13 23:59:59"))
        #expect(deadline.outcome == .open)
        #expect(!Case.mobile().overdue(at: at("2026-07-13 23:59:59")).contains(.close))
        #expect(Case.mobile().overdue(at: at("2026-07-14 00:00:00")).contains(.close))
    }

    @Test func `a deferred episode counts from the day of its arrival`() throws {
        let deadline = try Case.deferred(arrived: at("2026-06-03 00:00")).only(.close)
        #expect(deadline.dueAt == at("2026-07-15 23:59:59"))
    }

    @Test func `a phone-only episode is to be closed by the end of the day after the call`() throws {
        #expect(try Case.phone().only(.close).dueAt == at("2026-06-02 23:59:59"))
        #expect(try Case.phone().only(.close).startedAt == Case.call)
        let late = Case.phone(call: at("2026-06-01 23:59:59"))
        #expect(try late.only(.close).dueAt == at("2026-06-02 23:59:59"))
        let later = Case.phone(call: at("2026-06-02 00:00:00"))
        #expect(try later.only(.close).dueAt == at("2026-06-03 23:59:59"))
    }

    @Test func `the policy's days for phone-only episodes are a setting`() throws {
        let practice = youth.with { $0.phoneOnlyCloseDays = 3 }
        #expect(try Case.phone().only(.close, under: practice).dueAt == at("2026-06-04 23:59:59"))
        #expect(try Case.mobile().only(.close, under: practice).dueAt == at("2026-07-13 23:59:59"))
    }

    @Test func `an extension moves it from the moment it is granted`() throws {
        var history = Case.mobile()
        history.addExtension(at("2026-07-14 09:00"), to: day("2026-07-20"))
        #expect(try history.only(.close).dueAt == at("2026-07-20 23:59:59"))
        #expect(history.overdue(at: at("2026-07-14 08:59:59")).contains(.close))
        #expect(!history.overdue(at: at("2026-07-14 09:00:00")).contains(.close))
        #expect(!history.overdue(at: at("2026-07-20 23:59:59")).contains(.close))
        #expect(history.overdue(at: at("2026-07-21 00:00:00")).contains(.close))
    }

    @Test func `the discharge meets it, in time or late`() throws {
        for end in [at("2026-07-13 23:59:59"), at("2026-07-14 00:00:00")] {
            var history = Case.mobile()
            history.discharge = Discharge(at: end, on: newYork.date(of: end))
            #expect(try history.only(.close).outcome == .met(end))
        }
    }

    @Test func `without a window there is no close`() {
        let practice = youth.with { $0.windowDays = nil }
        #expect(Case.mobile().deadlines(.close, under: practice) == [])
        #expect(Case.phone().deadlines(.close, under: practice) == [])
    }
}
