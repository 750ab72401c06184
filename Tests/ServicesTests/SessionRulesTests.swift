import CivilTime
import CrisisCare
import Services
import Testing

/// A session that lives long never goes by rules that have been written since, whoever wrote them.
struct SessionRulesTests {
    private let desk: CrisisDesk
    private let friday: CivilDate
    /// Sent on a Wednesday, an answer is due within three business days: Thursday, Friday, Monday.
    private let without = "referral-answer 2026-11-23T23:59"
    private let with = "referral-answer 2026-11-24T23:59"

    init() throws {
        desk = try CrisisDesk()
        friday = try #require(CivilDate("2026-11-20"))
    }

    /// Refers the family of a case, as the very next change after one that read the rules.
    /// - Returns: when the answer is due.
    private func refer(_ number: String, in session: borrowing Session) throws -> String? {
        let steps = try desk.steps([.identified, .offered, .sent], from: "2026-11-18T10:00")
        _ = try session.addReferral(number, service: "outpatient", agency: "A", warmHandoff: nil, steps: steps)
        return try desk.openDeadlines(number).first { $0.hasPrefix("referral-answer") }
    }

    @Test func `what another connection has written holds for the very next change`() throws {
        let numbers = try ["One", "Two", "Three"].map { try desk.open($0) }
        let session = try desk.agency.open(as: "casey")
        #expect(try refer(numbers[0], in: session) == without)
        _ = try desk.agency.open(as: "boss").addHoliday(friday, named: "holiday")
        #expect(try refer(numbers[1], in: session) == with)
        _ = try desk.agency.open(as: "boss").removeHoliday(friday)
        #expect(try refer(numbers[2], in: session) == without)
    }

    @Test func `what another process has written past the program holds for the very next change`() throws {
        let numbers = try ["One", "Two", "Three"].map { try desk.open($0) }
        let session = try desk.agency.open(as: "casey")
        #expect(try refer(numbers[0], in: session) == without)
        try desk.agency.shell("INSERT INTO holiday (day, name) VALUES (\(friday.dayNumber), 'holiday')")
        #expect(try refer(numbers[1], in: session) == with)
        try desk.agency.shell("UPDATE policy SET referral_answer_business_days = 4")
        #expect(try refer(numbers[2], in: session) == "referral-answer 2026-11-25T23:59")
    }

    @Test func `what the session has written itself holds for its next change, and what it rehearsed does not`()
        throws
    {
        let numbers = try ["One", "Two", "Three"].map { try desk.open($0) }
        let session = try desk.agency.open(as: "admin")
        #expect(try refer(numbers[0], in: session) == without)
        _ = try session.addHoliday(friday, named: "holiday", isDryRun: true)
        #expect(try refer(numbers[1], in: session) == without)
        _ = try session.addHoliday(friday, named: "holiday")
        #expect(try refer(numbers[2], in: session) == with)
    }

    @Test func `a change that was refused keeps no rules from before it`() throws {
        let numbers = try ["One", "Two"].map { try desk.open($0) }
        let session = try desk.agency.open(as: "casey")
        let future = session.now.adding(seconds: 3600)
        let early = NewVisit(at: future, mode: .phone, result: .completed, with: .youth)
        #expect(try refer(numbers[0], in: session) == without)
        #expect(throws: RuleViolation.self) { _ = try session.logVisit(numbers[1], early) }
        _ = try desk.agency.open(as: "boss").addHoliday(friday, named: "holiday")
        #expect(throws: RuleViolation.self) { _ = try session.logVisit(numbers[1], early) }
        #expect(try refer(numbers[1], in: session) == with)
    }
}
