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

    package static func insert(_ record: PlanReviewRecord, in db: borrowing Access<Writing>) throws {
        let review = record.review
        try db.execute(
            """
            INSERT INTO plan_review (
                id, episode, plan, at, next_review_on, reviewed_by, note, recorded_at, recorded_by
            ) VALUES (
                \(review.id), \(record.episode), \(record.plan), \(review.at), \(review.nextReviewOn),
                \(record.recordedBy), \(record.note), \(record.recordedAt), \(record.recordedBy)
            )
            """
        )
    }

    package static func insert(_ record: PlanDeclineRecord, in db: borrowing Access<Writing>) throws {
        try db.execute(
            """
            INSERT INTO plan_decline (id, episode, at, declined_by, reason, recorded_at, recorded_by)
            VALUES (
                \(record.id), \(record.episode), \(record.at), \(record.declinedBy), \(record.reason),
                \(record.recordedAt), \(record.recordedBy)
            )
            """
        )
    }
}

/// A review of a plan as it is stored; who records it has made it.
package struct PlanReviewRecord: Sendable {
    package var review: PlanReview
    package var episode: EpisodeID
    /// The version that was reviewed.
    package var plan: RecordID<PlanVersion>
    package var note: String
    package var recordedAt: Instant
    package var recordedBy: StaffID

    package init(
        review: PlanReview,
        episode: EpisodeID,
        plan: RecordID<PlanVersion>,
        note: String,
        recordedAt: Instant,
        recordedBy: StaffID
    ) {
        self.review = review
        self.episode = episode
        self.plan = plan
        self.note = note
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }
}

/// Who in the family said that it wants no plan.
package enum PlanDecliner: String, CaseIterable, Sendable {
    case youth
    case caregiver
    case both
}

/// A decline of a plan as it is stored.
package struct PlanDeclineRecord: Sendable {
    package let id: RecordID<PlanDeclineRecord>
    package var episode: EpisodeID
    package var at: Instant
    package var declinedBy: PlanDecliner
    package var reason: String
    package var recordedAt: Instant
    package var recordedBy: StaffID

    package init(
        id: RecordID<PlanDeclineRecord>,
        episode: EpisodeID,
        at: Instant,
        declinedBy: PlanDecliner,
        reason: String,
        recordedAt: Instant,
        recordedBy: StaffID
    ) {
        self.id = id
        self.episode = episode
        self.at = at
        self.declinedBy = declinedBy
        self.reason = reason
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }
}
