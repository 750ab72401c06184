import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// A holiday moves the clocks that run in business days, and no other.
struct HolidayTests {
    private let desk: CrisisDesk
    private let number: String

    init() throws {
        desk = try CrisisDesk()
        number = try desk.open("One")
    }

    private func refer(_ states: [ReferralState], at: String) throws {
        let steps = try desk.steps(states, from: at)
        try desk.act {
            _ = try $0.addReferral(number, service: "outpatient", agency: "A", warmHandoff: nil, steps: steps)
        }
    }

    @Test func `a holiday between sending and answer moves the day that is awaited, and back when it is removed`()
        throws
    {
        // Sent on a Wednesday: Thursday, Friday, Monday.
        try refer([.identified, .offered, .sent], at: "2026-11-18T10:00")
        let without = try desk.deadlines(number)
        #expect(without.contains("referral-answer 2026-11-23T23:59 open"))
        let friday = try #require(CivilDate("2026-11-20"))
        #expect(try desk.act(as: "boss") { try $0.addHoliday(friday, named: "one more day") } == 1)
        #expect(try desk.openDeadlines(number).contains("referral-answer 2026-11-24T23:59"))
        #expect(
            try desk.deadlines(number).filter { !$0.hasPrefix("referral-answer") }
                == without.filter { !$0.hasPrefix("referral-answer") }
        )
        try desk.expectRefusal(.inUse, as: "boss") { try $0.addHoliday(friday, named: "again") }
        #expect(try desk.act(as: "boss") { try $0.holidayList().map(\.day) } == [friday])
        #expect(try desk.act(as: "boss") { try $0.removeHoliday(friday) } == 1)
        #expect(try desk.deadlines(number) == without)
        try desk.expectFailure(as: "boss") { try $0.removeHoliday(friday) }
    }

    @Test(arguments: [
        // The day of sending is not counted; the day due is; the day after it no longer matters.
        ("2026-11-18", "2026-11-23"), ("2026-11-19", "2026-11-24"), ("2026-11-23", "2026-11-24"),
        ("2026-11-24", "2026-11-23"), ("2026-11-21", "2026-11-23"),
    ])
    func `a holiday counts from the day after sending to the day due`(day: String, due: String) throws {
        try refer([.identified, .offered, .sent], at: "2026-11-18T10:00")
        try desk.act(as: "boss") { _ = try $0.addHoliday(try #require(CivilDate(day)), named: "holiday") }
        #expect(try desk.openDeadlines(number).contains("referral-answer \(due)T23:59"))
    }

    @Test func `holidays in a row add up, whatever the order in which they are listed`() throws {
        try refer([.identified, .offered, .sent], at: "2026-11-18T10:00")
        for day in ["2026-11-25", "2026-11-24", "2026-11-20", "2026-11-19", "2026-11-23"] {
            try desk.act(as: "boss") { _ = try $0.addHoliday(try #require(CivilDate(day)), named: "holiday") }
        }
        #expect(try desk.openDeadlines(number).contains("referral-answer 2026-11-30T23:59"))
    }

    @Test func `a waiting list and an appointment are counted in civil days`() throws {
        try refer([.identified, .offered, .sent, .waitlisted], at: "2026-11-17T10:00")
        try refer([.identified, .offered, .sent, .accepted], at: "2026-11-17T11:00")
        let open = try desk.openDeadlines(number)
        #expect(
            open.contains("referral-answer 2026-12-01T23:59") && open.contains("first-appointment 2026-12-01T23:59")
        )
        try desk.act(as: "boss") { _ = try $0.addHoliday(try #require(CivilDate("2026-11-18")), named: "holiday") }
        #expect(try desk.openDeadlines(number) == open)
    }

    @Test func `a dry run of a holiday moves nothing`() throws {
        try refer([.identified, .offered, .sent], at: "2026-11-18T10:00")
        let before = try desk.deadlines(number)
        let friday = try #require(CivilDate("2026-11-20"))
        #expect(try desk.act(as: "boss") { try $0.addHoliday(friday, named: "", isDryRun: true) } == 1)
        #expect(try desk.deadlines(number) == before)
        #expect(try desk.agency.tableCounts()["holiday"] == 0)
    }
}
