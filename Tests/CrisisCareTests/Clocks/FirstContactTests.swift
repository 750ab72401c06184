import CivilTime
import Testing

@testable import CrisisCare

/// `first-contact`: 48 hours from the response to the first completed contact with the family.
@Suite struct FirstContactTests {
    private let arrival = Case.arrival
    private let due = at("2026-06-03 10:30")

    @Test func `the first contact is due 48 hours after the arrival, not after the call`() throws {
        let deadline = try Case.mobile().only(.firstContact)
        #expect(deadline.startedAt == arrival)
        #expect(deadline.dueAt == due)
        #expect(deadline.outcome == .open)
    }

    @Test func `a deferred episode's first contact counts from its arrival`() throws {
        let arrived = at("2026-06-02 09:00")
        #expect(try Case.deferred(arrived: arrived).only(.firstContact).dueAt == at("2026-06-04 09:00"))
    }

    @Test(arguments: [(-1, false), (0, false), (1, true)])
    func `no contact: overdue a second after 48 hours`(offset: Int, isOverdue: Bool) {
        #expect(Case.mobile().overdue(at: due + offset).contains(.firstContact) == isOverdue)
    }

    @Test func `a contact meets it, in time or late`() throws {
        for offset in [-1, 0, 1] {
            var history = Case.mobile()
            history.addVisit(due + offset)
            #expect(try history.only(.firstContact).outcome == .met(due + offset))
        }
    }

    @Test func `before the response no clock runs that starts from it`() {
        let fromTheResponse: Set<DeadlineKind> = [.firstContact, .nextContact, .safetyPlan, .close]
        var history = Case.mobile(arrived: nil)
        history.addVisit(Case.call + 60)
        #expect(history.open(at: muchLater).isDisjoint(with: fromTheResponse))
        #expect(Case.deferred().open(at: muchLater).isDisjoint(with: fromTheResponse))
        #expect(Case.mobile().open(at: arrival - 1) == [.arrival])
        #expect(Case.mobile().open(at: arrival) == [.firstContact, .safetyPlan, .close])
    }

    @Test func `a visit a second before the response is no contact, one at the response is`() throws {
        var before = Case.mobile()
        before.addVisit(arrival - 1)
        #expect(before.contacts.isEmpty)
        #expect(try before.only(.firstContact).outcome == .open)
        #expect(before.deadlines(.nextContact) == [])
        var same = Case.mobile()
        same.addVisit(arrival)
        #expect(try same.only(.firstContact).outcome == .met(arrival))
    }

    @Test(arguments: ContactWith.allCases)
    func `only a visit with youth, caregiver or both is a contact`(with: ContactWith) throws {
        let isContact = [.youth, .caregiver, .both].contains(with)
        var history = Case.mobile()
        history.addVisit(arrival + 60, with: with)
        #expect(try history.only(.firstContact).outcome == (isContact ? .met(arrival + 60) : .open))
        #expect(history.deadlines(.nextContact).count == (isContact ? 1 : 0))
    }

    @Test(arguments: ContactResult.allCases)
    func `only a completed visit is a contact`(result: ContactResult) throws {
        var history = Case.mobile()
        history.addVisit(arrival + 60, result)
        #expect(try history.only(.firstContact).outcome == (result == .completed ? .met(arrival + 60) : .open))
        #expect(history.attemptsSinceContact == (result == .completed ? 0 : 1))
    }

    @Test(arguments: [ContactMode.text, .letter])
    func `a text or a letter is a contact only when answered`(mode: ContactMode) {
        func history(_ result: ContactResult) -> EpisodeHistory {
            var history = Case.mobile()
            history.visits = [Visit(id: RecordID(9), at: arrival + 60, mode: mode, result: result, with: .youth)]
            return history
        }
        #expect(history(.completed).contacts.count == 1)
        #expect(history(.noAnswer).contacts.isEmpty)
        #expect(history(.noAnswer).attemptsSinceContact == 1)
    }

    @Test func `a program without this clock has no first contact, whatever the visits`() {
        let practice = youth.with { $0.firstContactHours = nil }
        var history = Case.mobile()
        #expect(history.deadlines(.firstContact, under: practice) == [])
        history.addVisit(arrival + 60)
        #expect(history.deadlines(.firstContact, under: practice) == [])
        #expect(history.deadlines(.nextContact, under: practice).count == 1)
    }
}
