import CivilTime
import Testing

@testable import CrisisCare

/// Elapsed time is measured between instants, civil days by the calendar: 2026-03-08 has 23 hours, 2026-11-01 has 25.
@Suite struct DaylightSavingTests {
    private func mobile(_ call: String, _ arrival: String) throws -> (deadline: Deadline, minutes: Int64) {
        let history = Case.mobile(call: at(call), arrived: at(arrival))
        return (try history.only(.arrival), at(arrival).seconds(since: at(call)) / 60)
    }

    @Test func `from 01:50 EDT to 01:20 EST are 30 minutes, and in time`() throws {
        let (deadline, minutes) = try mobile("2026-11-01T01:50-04:00", "2026-11-01T01:20-05:00")
        #expect(minutes == 30)
        #expect(deadline.outcome == .met(at("2026-11-01T06:20Z")))
        #expect(deadline.dueAt == at("2026-11-01T01:35-05:00"))
    }

    @Test func `from 01:50 EDT to 01:50 EST are 60 minutes, and late`() throws {
        let (deadline, minutes) = try mobile("2026-11-01T01:50-04:00", "2026-11-01T01:50-05:00")
        #expect(minutes == 60)
        #expect(deadline.dueAt < at("2026-11-01T01:50-05:00"))
    }

    @Test func `from 01:50 EST to 03:20 EDT are 30 minutes, and in time`() throws {
        let (deadline, minutes) = try mobile("2026-03-08 01:50", "2026-03-08 03:20")
        #expect(minutes == 30)
        #expect(deadline.dueAt == at("2026-03-08 03:35"))
    }

    @Test func `48 hours to the first contact are elapsed hours on both changes`() throws {
        let spring = Case.mobile(call: at("2026-03-07 12:00"), arrived: at("2026-03-07 12:00"))
        #expect(try spring.only(.firstContact).dueAt == at("2026-03-09 13:00"))
        let autumn = Case.mobile(call: at("2026-10-31 12:00"), arrived: at("2026-10-31 12:00"))
        #expect(try autumn.only(.firstContact).dueAt == at("2026-11-02 11:00"))
    }

    @Test(arguments: [
        ("2026-02-25 10:00", "2026-03-01 23:30", "2026-03-08"), ("2026-10-20 10:00", "2026-10-25 23:30", "2026-11-01"),
    ])
    func `a contact due on the day of a change is due at its last second`(call: String, visit: String, due: String)
        throws
    {
        var history = Case.mobile(call: at(call), arrived: at(call))
        history.addVisit(at(visit))
        let midnight = newYork.startOfDay(day(due).adding(days: 1))
        #expect(try history.only(.nextContact).dueAt == midnight - 1)
        #expect(!history.overdue(at: midnight - 1).contains(.nextContact))
        #expect(history.overdue(at: midnight).contains(.nextContact))
    }

    @Test func `a phone-only call on the eve of a change is closed by the end of the day after`() throws {
        #expect(try Case.phone(call: at("2026-03-07 23:59")).only(.close).dueAt == at("2026-03-08 23:59:59"))
        #expect(try Case.phone(call: at("2026-10-31 23:59")).only(.close).dueAt == at("2026-11-01 23:59:59"))
    }

    @Test func `a visit in the hour that comes twice belongs to its day both times`() {
        var history = Case.mobile(call: at("2026-10-25 10:00"), arrived: at("2026-10-25 10:30"))
        history.addVisit(at("2026-11-01T01:30-04:00"))
        history.addVisit(at("2026-11-01T01:30-05:00"))
        #expect(history.deadlines(.nextContact).map(\.dueAt) == Array(repeating: at("2026-11-08 23:59:59"), count: 2))
        #expect(history.deadlines(.nextContact).count { $0.outcome == .open } == 1)
    }
}
