import CivilTime
import Testing

@testable import CrisisCare

/// Attempts are counted since the last contact, or the response, and satisfy no deadline.
@Suite struct AttemptTests {
    private let noon = at("2026-06-05 12:00")

    @Test func `an episode without visits has no attempts`() {
        #expect(Case.mobile().attemptsSinceContact == 0)
        #expect(Case.mobile(arrived: nil).attemptsSinceContact == 0)
    }

    @Test(arguments: [ContactResult.noAnswer, .noShow, .cancelledByFamily, .cancelledByProvider, .unableToLocate])
    func `every result but completed is an attempt`(result: ContactResult) throws {
        var history = Case.mobile()
        history.addVisit(noon, result)
        #expect(history.attemptsSinceContact == 1)
        #expect(try history.only(.firstContact).outcome == .open)
    }

    @Test(arguments: [ContactWith.school, .otherProvider], [ContactResult.completed, .noAnswer])
    func `work with a school or another provider is neither contact nor attempt`(
        with: ContactWith,
        result: ContactResult
    ) {
        var history = Case.mobile()
        history.addVisit(noon, result, with: with)
        #expect(history.attemptsSinceContact == 0)
        #expect(history.contacts.isEmpty)
    }

    @Test func `a contact starts the count again`() {
        var history = Case.mobile()
        history.addVisit(noon, .noAnswer)
        history.addVisit(noon + 60, .noAnswer)
        #expect(history.attemptsSinceContact == 2)
        history.addVisit(noon + 120)
        #expect(history.attemptsSinceContact == 0)
        history.addVisit(noon + 180, .noAnswer)
        #expect(history.attemptsSinceContact == 1)
    }

    @Test func `work with a school does not start the count again`() {
        var history = Case.mobile()
        history.addVisit(noon, .noAnswer)
        history.addVisit(noon + 60, with: .school)
        #expect(history.attemptsSinceContact == 1)
    }

    @Test func `at one instant an attempt entered after the contact counts, one entered before does not`() {
        var after = Case.mobile()
        after.addVisit(noon)
        after.addVisit(noon, .noAnswer)
        #expect(after.attemptsSinceContact == 1)
        var before = Case.mobile()
        before.addVisit(noon, .noAnswer)
        before.addVisit(noon)
        #expect(before.attemptsSinceContact == 0)
    }

    @Test func `attempts before the response do not count once there is one`() {
        var history = Case.mobile()
        history.addVisit(Case.arrival - 1, .noAnswer)
        #expect(history.attemptsSinceContact == 0)
        history.addVisit(Case.arrival, .noAnswer)
        #expect(history.attemptsSinceContact == 1)
    }

    @Test func `before any response attempts count from the call`() {
        var history = Case.mobile(arrived: nil)
        history.addVisit(Case.call, .noAnswer)
        history.addVisit(Case.call + 60, .noAnswer)
        #expect(history.attemptsSinceContact == 2)
    }

    @Test func `a voided contact gives its attempts back`() {
        var history = Case.mobile()
        history.addVisit(noon, .noAnswer)
        history.addVisit(noon + 60)
        history.visits.removeLast()
        #expect(history.attemptsSinceContact == 1)
    }
}
