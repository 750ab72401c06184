package import CivilTime

/// An activated version of a Crisis Safety Plan; it never changes, a newer one supersedes it.
package struct PlanVersion: Hashable, Sendable {
    package let id: RecordID<PlanVersion>
    /// 1 for the case's first version.
    package var version: Int
    package var activatedAt: Instant
    /// The review date that the plan names.
    package var reviewOn: CivilDate?

    package init(id: RecordID<PlanVersion>, version: Int, activatedAt: Instant, reviewOn: CivilDate?) {
        self.id = id
        self.version = version
        self.activatedAt = activatedAt
        self.reviewOn = reviewOn
    }
}

/// A review of the version that was active at its time.
package struct PlanReview: Hashable, Sendable {
    package let id: RecordID<PlanReview>
    package var at: Instant
    /// The date of the next review, where one was agreed.
    package var nextReviewOn: CivilDate?

    package init(id: RecordID<PlanReview>, at: Instant, nextReviewOn: CivilDate? = nil) {
        self.id = id
        self.at = at
        self.nextReviewOn = nextReviewOn
    }
}
