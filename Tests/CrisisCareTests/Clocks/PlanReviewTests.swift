import CivilTime
import Testing

@testable import CrisisCare

/// `plan-review`: from an activation or the last review, to the plan's own date, else 14 days.
@Suite struct PlanReviewTests {
    private let activation = at("2026-06-03 11:00")

    private func planned(reviewOn: CivilDate? = nil) -> EpisodeHistory {
        var history = Case.mobile()
        history.addPlan(activation, reviewOn: reviewOn)
        return history
    }

    @Test func `without a plan there is nothing to review`() {
        #expect(Case.mobile().deadlines(.planReview) == [])
    }

    @Test func `the review is due on the plan's own date`() throws {
        let deadline = try planned(reviewOn: day("2026-06-10")).only(.planReview)
        #expect(deadline.about == .plan(version: 1))
        #expect(deadline.startedAt == activation)
        #expect(deadline.dueAt == at("2026-06-10 23:59:59"))
        #expect(deadline.outcome == .open)
    }

    @Test func `without a date of its own it is due 14 days after the activation`() throws {
        #expect(try planned().only(.planReview).dueAt == at("2026-06-17 23:59:59"))
        #expect(!planned().overdue(at: at("2026-06-17 23:59:59")).contains(.planReview))
        #expect(planned().overdue(at: at("2026-06-18 00:00:00")).contains(.planReview))
    }

    @Test func `a review meets it and starts the next, by its own date or 14 days later`() {
        var history = planned(reviewOn: day("2026-06-10"))
        let review = at("2026-06-11 09:00")
        history.addReview(review)
        var deadlines = history.deadlines(.planReview)
        #expect(deadlines.map(\.outcome) == [.met(review), .open])
        #expect(deadlines.last?.dueAt == at("2026-06-25 23:59:59"))
        #expect(deadlines.last?.about == .plan(version: 1))
        history.reviews.removeAll()
        history.addReview(review, next: day("2026-06-15"))
        deadlines = history.deadlines(.planReview)
        #expect(deadlines.last?.dueAt == at("2026-06-15 23:59:59"))
    }

    @Test func `a newer version meets it and has its own review`() {
        var history = planned(reviewOn: day("2026-06-10"))
        let second = at("2026-06-09 09:00")
        history.addPlan(second, reviewOn: day("2026-06-20"))
        let deadlines = history.deadlines(.planReview)
        #expect(deadlines.map(\.about) == [.plan(version: 1), .plan(version: 2)])
        #expect(deadlines.map(\.outcome) == [.met(second), .open])
        #expect(deadlines.map(\.dueAt) == [at("2026-06-10 23:59:59"), at("2026-06-20 23:59:59")])
    }

    @Test func `a review is of the version that was active at its time`() {
        var history = planned(reviewOn: day("2026-06-10"))
        history.addReview(at("2026-06-08 09:00"))
        history.addPlan(at("2026-06-09 09:00"))
        history.addReview(at("2026-06-12 09:00"))
        #expect(
            history.deadlines(.planReview).map(\.about)
                == [.plan(version: 1), .plan(version: 1), .plan(version: 2), .plan(version: 2)]
        )
        #expect(history.deadlines(.planReview).count { $0.outcome == .open } == 1)
    }

    @Test func `a review at the activation's own second is of that version`() throws {
        var history = planned(reviewOn: day("2026-06-10"))
        history.addReview(activation, next: day("2026-06-08"))
        #expect(history.deadlines(.planReview).map(\.about) == [.plan(version: 1), .plan(version: 1)])
        let open = history.deadlines(.planReview).filter { $0.outcome == .open }
        #expect(open.map(\.dueAt) == [at("2026-06-08 23:59:59")])
    }

    @Test func `a review between two versions is met by the newer one, whatever the order of the records`() {
        var history = planned(reviewOn: day("2026-06-10"))
        let second = at("2026-06-09 09:00")
        let review = at("2026-06-08 09:00")
        history.addPlan(second, reviewOn: day("2026-06-20"))
        history.addReview(review, next: day("2026-06-15"))
        let deadlines = history.deadlines(.planReview)
        #expect(deadlines.map(\.startedAt) == [activation, review, second])
        #expect(deadlines.map(\.outcome) == [.met(review), .met(second), .open])
    }

    @Test func `a review before any version starts no clock`() {
        var history = planned()
        history.addReview(activation - 1)
        #expect(history.deadlines(.planReview).count == 1)
    }

    @Test func `due on the window's last day exists, a day later close governs`() throws {
        var last = Case.mobile()
        last.addPlan(at("2026-06-29 12:00"))
        #expect(try last.only(.planReview).dueAt == at("2026-07-13 23:59:59"))
        var after = Case.mobile()
        after.addPlan(at("2026-06-30 12:00"))
        #expect(after.deadlines(.planReview) == [])
        after.addExtension(at("2026-07-10 09:00"), to: day("2026-07-14"))
        #expect(try after.only(.planReview).dueAt == at("2026-07-14 23:59:59"))
    }

    @Test func `discharge cancels the open review and leaves the met one`() {
        var history = planned()
        let review = at("2026-06-05 09:00")
        let end = at("2026-06-06 09:00")
        history.addReview(review)
        history.discharge = Discharge(at: end, on: day("2026-06-06"))
        #expect(history.deadlines(.planReview).map(\.outcome) == [.met(review), .cancelled(end, .discharged)])
    }
}
