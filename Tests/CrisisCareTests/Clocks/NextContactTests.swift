import CivilTime
import Testing

@testable import CrisisCare

/// `next-contact`: from each completed contact to the next, 7 days or the date promised to the family.
@Suite struct NextContactTests {
    private let first = at("2026-06-02 15:00")

    private func contacted(_ instants: Instant..., promised: CivilDate? = nil) -> EpisodeHistory {
        var history = Case.mobile()
        for instant in instants { history.addVisit(instant, promised: promised) }
        return history
    }

    @Test func `without a contact there is no next one`() {
        #expect(Case.mobile().deadlines(.nextContact) == [])
    }

    @Test func `the next contact is due at the end of the seventh day`() throws {
        let deadline = try contacted(first).only(.nextContact)
        #expect(deadline.startedAt == first)
        #expect(deadline.startedBy == 100)
        #expect(deadline.dueAt == at("2026-06-09 23:59:59"))
        #expect(deadline.outcome == .open)
    }

    @Test func `it is overdue from the next local midnight, not at 23:59:59`() {
        let history = contacted(first)
        #expect(!history.overdue(at: at("2026-06-09 23:59:59")).contains(.nextContact))
        #expect(history.overdue(at: at("2026-06-10 00:00:00")).contains(.nextContact))
    }

    @Test func `late evening and first minute of a day count from their own local day`() throws {
        #expect(try contacted(at("2026-06-02 23:59:59")).only(.nextContact).dueAt == at("2026-06-09 23:59:59"))
        #expect(try contacted(at("2026-06-03 00:00:00")).only(.nextContact).dueAt == at("2026-06-10 23:59:59"))
    }

    @Test func `the promised date counts instead, sooner or later than seven days`() throws {
        #expect(try contacted(first, promised: day("2026-06-03")).only(.nextContact).dueAt == at("2026-06-03 23:59:59"))
        #expect(try contacted(first, promised: day("2026-06-20")).only(.nextContact).dueAt == at("2026-06-20 23:59:59"))
        #expect(try contacted(first, promised: day("2026-06-02")).only(.nextContact).dueAt == at("2026-06-02 23:59:59"))
    }

    @Test func `a contact meets the one before and starts its own`() {
        let second = at("2026-06-10 00:00")
        let deadlines = contacted(first, second).deadlines(.nextContact)
        #expect(deadlines.map(\.outcome) == [.met(second), .open])
        #expect(deadlines.map(\.dueAt) == [at("2026-06-09 23:59:59"), at("2026-06-17 23:59:59")])
        #expect(deadlines.map(\.startedBy) == [100, 101])
    }

    @Test func `two contacts at one instant are both kept, and one next contact is open`() {
        let deadlines = contacted(first, first).deadlines(.nextContact)
        #expect(deadlines.count == 2)
        #expect(deadlines.count { $0.outcome == .open } == 1)
        #expect(deadlines.first { $0.startedBy == 100 }?.outcome == .met(first))
        #expect(deadlines.first { $0.startedBy == 101 }?.outcome == .open)
    }

    @Test func `of two contacts at one instant the promise of the later entry counts`() {
        var history = Case.mobile()
        history.addVisit(first, promised: day("2026-06-03"))
        history.addVisit(first, promised: day("2026-06-05"))
        let open = history.deadlines(.nextContact).filter { $0.outcome == .open }
        #expect(open.map(\.dueAt) == [at("2026-06-05 23:59:59")])
    }

    @Test func `attempts and work with a school leave the next contact due`() throws {
        var history = contacted(first)
        history.addVisit(at("2026-06-05 10:00"), .noAnswer)
        history.addVisit(at("2026-06-06 10:00"), with: .school)
        history.addVisit(at("2026-06-07 10:00"), with: .otherProvider)
        let deadline = try history.only(.nextContact)
        #expect(deadline.outcome == .open)
        #expect(deadline.dueAt == at("2026-06-09 23:59:59"))
    }

    @Test func `a contact that was voided is gone, and what it met is open again`() throws {
        var history = contacted(first, at("2026-06-04 10:00"))
        history.visits.removeLast()
        let deadline = try history.only(.nextContact)
        #expect(deadline.outcome == .open)
        #expect(deadline.dueAt == at("2026-06-09 23:59:59"))
        history.visits.removeLast()
        #expect(history.deadlines(.nextContact) == [])
        #expect(try history.only(.firstContact).outcome == .open)
    }

    @Test func `due on the window's last day exists, a day later close governs`() throws {
        // Day 42 is 2026-07-13: seven days after 07-06.
        #expect(try contacted(at("2026-07-06 12:00")).only(.nextContact).dueAt == at("2026-07-13 23:59:59"))
        #expect(contacted(at("2026-07-07 12:00")).deadlines(.nextContact) == [])
        #expect(contacted(at("2026-07-07 12:00")).open(at: at("2026-07-08 12:00")) == [.safetyPlan, .close])
    }

    @Test func `a contact near the window's end still meets the one before it`() {
        let last = at("2026-07-07 12:00")
        let deadlines = contacted(at("2026-07-01 12:00"), last).deadlines(.nextContact)
        #expect(deadlines.map(\.outcome) == [.met(last)])
    }

    @Test func `a promised date exists up to the window's last day`() {
        let visit = at("2026-07-10 12:00")
        #expect(contacted(visit, promised: day("2026-07-13")).deadlines(.nextContact).count == 1)
        #expect(contacted(visit, promised: day("2026-07-14")).deadlines(.nextContact) == [])
    }

    @Test func `an extension brings the next contact to life when it is granted`() {
        var history = contacted(at("2026-07-07 12:00"))
        history.addExtension(at("2026-07-10 09:00"), to: day("2026-07-20"))
        #expect(!history.open(at: at("2026-07-10 08:59:59")).contains(.nextContact))
        #expect(history.open(at: at("2026-07-10 09:00:00")).contains(.nextContact))
        #expect(history.deadlines(.nextContact).map(\.dueAt) == [at("2026-07-14 23:59:59")])
    }

    @Test func `a program without a window has no such end`() {
        let practice = youth.with { $0.windowDays = nil }
        #expect(contacted(at("2026-09-07 12:00")).deadlines(.nextContact, under: practice).count == 1)
    }

    @Test func `a program without this clock has no next contact`() {
        #expect(contacted(first).deadlines(.nextContact, under: youth.with { $0.nextContactDays = nil }) == [])
    }
}
