import CivilTime
import Testing

@testable import CrisisCare

/// A history as of an instant holds the facts whose own time is at or before it.
@Suite struct AsOfTests {
    @Test func `before the call there is no episode`() {
        #expect(Case.mobile().asOf(Case.call - 1) == nil)
        #expect(Case.mobile().asOf(Case.call) != nil)
    }

    @Test func `each fact appears at its own second`() throws {
        let instant = at("2026-06-05 12:00")
        var history = Case.mobile(arrived: instant)
        history.transferredAt = instant
        history.callEndedAt = instant
        history.dispatchedAt = instant
        history.planDeclinedAt = instant
        history.addVisit(instant)
        history.addPlan(instant)
        history.addReview(instant)
        history.addExtension(instant, to: day("2026-07-20"))
        history.addReferral((.identified, instant))
        history.discharge = Discharge(at: instant, on: day("2026-06-05"))
        let before = try #require(history.asOf(instant - 1))
        #expect([before.transferredAt, before.callEndedAt, before.dispatchedAt].allSatisfy { $0 == nil })
        #expect(before.arrivedAt == nil && before.planDeclinedAt == nil && before.discharge == nil)
        #expect(before.visits.isEmpty && before.plans.isEmpty && before.reviews.isEmpty)
        #expect(before.extensions.isEmpty && before.referrals.isEmpty)
        let after = try #require(history.asOf(instant))
        #expect(String(reflecting: after) == String(reflecting: history))
    }

    @Test func `overdue as of an instant goes by when things happened, not by when they were entered`() {
        var history = Case.mobile()
        let due = at("2026-06-03 10:30")
        #expect(history.overdue(at: due + 600) == [.firstContact])
        // Entered days later, for a visit before the due instant: the list of that day changes with the facts.
        history.addVisit(due - 600)
        #expect(history.overdue(at: due + 600) == [])
    }

    @Test func `what is entered for a later time leaves the earlier list alone`() {
        var history = Case.mobile()
        let due = at("2026-06-03 10:30")
        history.addVisit(due + 601)
        #expect(history.overdue(at: due + 600) == [.firstContact])
        #expect(history.overdue(at: due + 601) == [])
    }
}
