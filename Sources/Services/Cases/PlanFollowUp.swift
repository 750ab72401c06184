package import CivilTime
internal import CrisisCare
internal import SQLite
package import Storage

// What follows a plan: its reviews, and the word of a family that wants none.

extension EpisodeWork {
    /// Records a review of the version that was active at its time.
    mutating func review(
        at instant: Instant,
        next: CivilDate?,
        note text: String,
        _ change: inout Change
    ) throws -> PlanReviewRecord {
        let review = PlanReview(id: RecordID(change.keys.next()), at: instant, nextReviewOn: next)
        try history.record(review, now: change.now)
        try TextLimit.note.check(text, "the note")
        if let next, next < change.zone.date(of: instant) {
            throw ServiceError.badValue("the next review would lie before this one; check its date")
        }
        guard let plan = history.plans.last(where: { $0.activatedAt <= instant }) else {
            // The rule has just found one.
            throw ServiceError.notFound(what: "the case has no plan at that time", hint: "")
        }
        var detail = AuditDetail()
        detail.add("next_review_on", from: nil, to: next)
        note("plan review", record: review.id.value, detail)
        return PlanReviewRecord(
            review: review,
            episode: record.id,
            plan: plan.id,
            note: text,
            recordedAt: change.now,
            recordedBy: change.actor.staff
        )
    }

    /// Records that the family wants no plan.
    mutating func declinePlan(
        at instant: Instant,
        by decliner: PlanDecliner,
        reason: String,
        isDespitePlan: Bool,
        _ change: inout Change
    ) throws -> PlanDeclineRecord {
        try history.declinePlan(at: instant, isDespitePlan: isDespitePlan, now: change.now)
        try TextLimit.reason.check(reason, "the reason")
        let id = RecordID<PlanDeclineRecord>(change.keys.next())
        var detail = AuditDetail()
        detail.add("declined_by", from: nil, to: decliner.rawValue)
        detail.add("reason", from: nil, to: reason)
        note("plan decline", record: id.value, detail)
        return PlanDeclineRecord(
            id: id,
            episode: record.id,
            at: instant,
            declinedBy: decliner,
            reason: reason,
            recordedAt: change.now,
            recordedBy: change.actor.staff
        )
    }
}

extension Session {
    /// - Parameter next: the date agreed for the next review; without one the policy's days count.
    package borrowing func reviewPlan(
        _ caseText: String,
        at instant: Instant,
        next: CivilDate?,
        note: String,
        isDryRun: Bool = false
    ) throws -> CaseChange {
        var result = try work("plan review", on: caseText, needing: .writeCases, isDryRun: isDryRun) {
            work,
            change,
            db in
            let review = try work.review(at: instant, next: next, note: note, &change)
            try PlanFollowUpStore.insert(review, in: db)
        }
        if let next, let window = result.history.window(under: result.practice), next > window.lastDay {
            result.warnings.append(
                "the next review lies after the follow-up window, which ends on \(window.lastDay): "
                    + "until then the case is to be closed or extended"
            )
        }
        return result
    }

    /// - Parameter isDespitePlan: a version is active, and the family's word is recorded all the same.
    package borrowing func declinePlan(
        _ caseText: String,
        by decliner: PlanDecliner,
        reason: String,
        at instant: Instant,
        isDespitePlan: Bool = false,
        isDryRun: Bool = false
    ) throws -> CaseChange {
        try work("plan decline", on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, change, db in
            let decline = try work.declinePlan(
                at: instant,
                by: decliner,
                reason: reason,
                isDespitePlan: isDespitePlan,
                &change
            )
            try PlanFollowUpStore.insert(decline, in: db)
        }
    }
}
