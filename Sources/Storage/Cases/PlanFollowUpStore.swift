package import CivilTime
package import CrisisCare
package import SQLite

/// Reviews of a plan, and declines of one.
package enum PlanFollowUpStore {
    /// By occurrence, then by entry, without the voided ones.
    package static func reviews<Mode>(of id: EpisodeID, in db: borrowing Access<Mode>) throws -> [PlanReview] {
        try db.all(
            """
            SELECT id, at, next_review_on FROM plan_review
            WHERE episode = \(id) AND voided_at IS NULL ORDER BY at, id
            """
        ) { PlanReview(id: try $0.id(0), at: try $0.instant(1), nextReviewOn: try $0.optionalDate(2)) }
    }

    /// When the family first said that it wants no plan.
    package static func declinedAt<Mode>(_ id: EpisodeID, in db: borrowing Access<Mode>) throws -> Instant? {
        try db.first("SELECT min(at) FROM plan_decline WHERE episode = \(id) AND voided_at IS NULL") {
            try $0.optionalInstant(0)
        } ?? nil
    }
}
