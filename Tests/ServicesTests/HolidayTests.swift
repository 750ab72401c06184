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

    @Test(arguments: ["0001-01-01", "9999-12-31"])
    func `the first and the last day that there are can be listed`(day: String) throws {
        try refer([.identified, .offered, .sent], at: "2026-11-18T10:00")
        let day = try #require(CivilDate(day))
        #expect(try desk.act(as: "boss") { try $0.addHoliday(day, named: "holiday") } == 0)
        #expect(try desk.act(as: "boss") { try $0.removeHoliday(day) } == 0)
    }

    @Test func `a dry run of a holiday moves nothing`() throws {
        try refer([.identified, .offered, .sent], at: "2026-11-18T10:00")
        let before = try desk.deadlines(number)
        let friday = try #require(CivilDate("2026-11-20"))
        #expect(try desk.act(as: "boss") { try $0.addHoliday(friday, named: "", isDryRun: true) } == 1)
        #expect(try desk.deadlines(number) == before)
        #expect(try desk.agency.tableCounts()["holiday"] == 0)
    }

    /// The case is closed. Its referral was sent on a Wednesday, so that the answer was awaited until Monday; it came on
    /// Tuesday.
    private func settle() throws {
        let sent = try desk.steps([.identified, .offered, .sent], from: "2026-11-11T10:00")
        let answer = ReferralStep(.rejected, at: try desk.instant("2026-11-17T09:00"), reason: "full")
        try desk.act {
            _ = try $0.addReferral(number, service: "outpatient", agency: "A", warmHandoff: nil, steps: sent + [answer])
        }
        let discharge = Discharge(at: try desk.instant("2026-11-18T09:00"), on: try #require(CivilDate("2026-11-18")))
        try desk.act(as: "sam") {
            _ = try $0.closeEpisode(number, discharge, reason: "family moved", overrideReason: "moved away")
        }
    }

    /// Of how many answers reports count, from what is stored of the case, that they came in time.
    private func answersInTime() throws -> String {
        let bytes = try #require(try desk.record(number).standing.results)
        let answers = try #require(try PackedResults.settled(bytes.span)?.results.referrals.first).answers
        return "\(answers.kept) of \(answers.counted)"
    }

    @Test func `what is counted of a settled case follows a holiday listed after its discharge`() throws {
        try settle()
        #expect(try desk.openDeadlines(number) == [])
        #expect(try answersInTime() == "0 of 1")
        let thursday = try #require(CivilDate("2026-11-12"))
        #expect(try desk.act(as: "boss") { try $0.addHoliday(thursday, named: "holiday") } == 1)
        #expect(try desk.deadlines(number).contains("referral-answer 2026-11-17T23:59 met"))
        #expect(try answersInTime() == "1 of 1")
        #expect(try desk.openDeadlines(number) == [])
        #expect(try desk.act(as: "boss") { try $0.removeHoliday(thursday) } == 1)
        #expect(try answersInTime() == "0 of 1")
    }

    @Test(arguments: [
        // The day of sending, the days up to the day due, a Saturday among them, and the day after it.
        ("2026-11-11", 0), ("2026-11-12", 1), ("2026-11-13", 1), ("2026-11-14", 0), ("2026-11-16", 1),
        ("2026-11-17", 0),
    ])
    func `a case is computed again for the days that its clock counted, and for no other`(day: String, cases: Int)
        throws
    {
        try settle()
        let day = try #require(CivilDate(day))
        #expect(try desk.act(as: "boss") { try $0.addHoliday(day, named: "holiday") } == cases)
        #expect(try desk.act(as: "boss") { try $0.removeHoliday(day) } == cases)
    }

    @Test func `a clock is found by its own policy, however long`() throws {
        let youth = ShippedProgram.youth.rawValue
        try desk.act(as: "boss") {
            _ = try $0.setPolicy(of: youth, from: try #require(CivilDate("2026-11-12"))) {
                $0.referralAnswerBusinessDays = 10
            }
        }
        let long = try desk.open("Two", call: "2026-11-13T10:00")
        let steps = try desk.steps([.identified, .offered, .sent], from: "2026-11-13T11:00")
        try desk.act {
            _ = try $0.addReferral(long, service: "outpatient", agency: "A", warmHandoff: nil, steps: steps)
        }
        #expect(try desk.openDeadlines(long).contains("referral-answer 2026-11-27T23:59"))
        let last = try #require(CivilDate("2026-11-27"))
        #expect(try desk.act(as: "boss") { try $0.addHoliday(last, named: "holiday") } == 1)
        #expect(try desk.openDeadlines(long).contains("referral-answer 2026-11-30T23:59"))
    }

    @Test func `a voided case owes nothing after a holiday either`() throws {
        try refer([.identified, .offered, .sent], at: "2026-11-18T10:00")
        let id = try desk.record(number).id
        try desk.act(as: "sam") { _ = try $0.voidEpisode(number, reason: "entered twice") }
        let friday = try #require(CivilDate("2026-11-20"))
        #expect(try desk.act(as: "boss") { try $0.addHoliday(friday, named: "holiday") } == 0)
        #expect(try desk.agency.read { db in try DeadlineStore.deadlines(of: id, in: db) } == [])
    }
}
