package import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

extension Session {
    /// The code of the reason that a case's first version has without being asked.
    private static var firstPlan: String { "first plan" }

    /// Makes the draft the active version and removes it, in one transaction.
    /// - Parameter reason: a code of the list of reasons; a case's first plan has one without it.
    package borrowing func activatePlanDraft(
        _ caseText: String,
        reason: String?,
        at: Instant,
        isDryRun: Bool = false
    ) throws -> CaseChange {
        try work("plan activate", on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, change, db in
            guard let draft = try PlanDraftStore.find(work.record.id, in: db) else { throw PlanDraftReading.missing }
            let directory = try Directory.load(in: db)
            guard let reason = reason ?? (work.history.plans.isEmpty ? Self.firstPlan : nil) else {
                let reasons = directory.codes.texts(of: .planReason).map { "\"\($0)\"" }.joined(separator: ", ")
                throw ServiceError.badValue("say why the plan is revised with --reason, one of: \(reasons)")
            }
            let plan = NewPlan(
                activatedAt: at,
                author: change.actor.staff,
                reason: try directory.requireCode(reason, in: .planReason),
                content: draft.content
            )
            try work.activate(plan, &change)
            try PlanDraftStore.remove(work.record.id, in: db)
        }
    }
}
