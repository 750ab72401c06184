import CivilTime
import CrisisCare
import Services
import Storage

// A Crisis Safety Plan is written, activated, reviewed, or not wanted.
extension ModelRun {
    private func content(lacksCoping: Bool, review: CivilDate?) -> PlanContent {
        var plan = desk.plan(review: "")
        plan.reviewOn = review
        if lacksCoping { plan.entries[.coping] = [] }
        return plan
    }

    /// What stands against activating a plan, apart from who does it.
    private func problems(
        of known: NotebookCase,
        at: Instant,
        isComplete: Bool,
        review: CivilDate?
    ) -> Reasons {
        var reasons = known.problems(at: at, now: now)
        if known.plans.contains(where: { $0.at > at }) { reasons.insert("state-order") }
        let window = known.window(at: at, book.policy(of: known), zone)
        let isInWindow = review.map { day in window?.contains(day) ?? true } ?? false
        if !isComplete || !isInWindow { reasons.insert("plan-incomplete") }
        return reasons
    }

    private mutating func momentOfPlan() -> Instant {
        chance(70) ? now : chance(90) ? past(hours: 48) : now.adding(seconds: 5)
    }

    private mutating func reviewDay() -> CivilDate { today.adding(days: Int.random(in: 1...20, using: &random)) }

    mutating func activatePlan(_ index: Int, as login: String) throws {
        let known = book.cases[index]
        let (at, review, isComplete) = (momentOfPlan(), reviewDay(), chance(85))
        let reasons = book.denial(login, .write, known)
            .union(problems(of: known, at: at, isComplete: isComplete, review: review))
        let plan = content(lacksCoping: !isComplete, review: review)
        let isDry = isDry()
        let done = try attempt("activate plan", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.activatePlan(known.number, plan, reason: "new crisis", at: at, isDryRun: isDry)
        }
        if done != nil { book.cases[index].plans.append(NotebookCase.Plan(at: at, reviewOn: review)) }
    }

    mutating func saveDraft(_ index: Int, as login: String) throws {
        let number = book.cases[index].number
        guard chance(40) else { return try saveDraft(index, replacing: nil, isStale: false, as: login) }
        // Somebody reads the draft to edit it; meanwhile another may save one.
        let reasons = book.denial(login, .read, book.cases[index])
        let draft = try attempt("read draft", as: login, unless: reasons) { try $0.planDraft(number) }
        guard let draft else { return }
        let isStale = chance(50)
        if isStale { try saveDraft(index, replacing: nil, isStale: false, as: "sue") }
        let isReallyStale = isStale && book.cases[index].draft?.savedAt == now
        try saveDraft(index, replacing: draft.mark, isStale: isReallyStale, as: login)
    }

    private mutating func saveDraft(
        _ index: Int,
        replacing mark: PlanDraftMark?,
        isStale: Bool,
        as login: String
    ) throws {
        let known = book.cases[index]
        let (lacksCoping, review) = (chance(40), reviewDay())
        let plan = content(lacksCoping: lacksCoping, review: review)
        var reasons = book.denial(login, .write, known)
        if isStale { reasons.insert("stale-edit") }
        let isDry = isDry()
        let done = try attempt("save draft", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.savePlanDraft(known.number, plan, replacing: mark, isDryRun: isDry)
        }
        guard done != nil else { return }
        book.cases[index].draft = NotebookCase.Draft(
            lacksCoping: lacksCoping,
            lacksTheRest: false,
            reviewOn: review,
            version: (known.draft?.version ?? 0) + 1,
            savedAt: now
        )
    }

    mutating func setPart(_ index: Int, as login: String) throws {
        let known = book.cases[index]
        let part = one(of: [PlanPart.coping, .coping, .calm, .review])
        let day = reviewDay()
        let lines = part == .review ? [day.description] : ["reads on the porch"]
        let isDry = isDry()
        let done = try attempt("set plan part", as: login, unless: book.denial(login, .write, known), isDryRun: isDry) {
            session in
            try session.setPlanPart(known.number, part, to: lines, replaces: false, isDryRun: isDry)
        }
        guard done != nil else { return }
        // Without a draft it starts from the active version, or from nothing.
        var draft =
            known.draft
            ?? NotebookCase.Draft(
                lacksCoping: known.plans.isEmpty,
                lacksTheRest: known.plans.isEmpty,
                reviewOn: known.plans.last?.reviewOn,
                version: 0,
                savedAt: now
            )
        if part == .coping { draft.lacksCoping = false }
        if part == .review { draft.reviewOn = day }
        draft.version += 1
        draft.savedAt = now
        book.cases[index].draft = draft
    }

    mutating func discardDraft(_ index: Int, as login: String) throws {
        let drafted = book.cases.indices.filter { book.cases[$0].draft != nil && !book.cases[$0].isVoided }
        let index = chance(60) && !drafted.isEmpty ? one(of: drafted) : index
        let known = book.cases[index]
        var reasons = book.denial(login, .write, known)
        if known.draft == nil { reasons.insert("failed") }
        let isDry = isDry()
        let done = try attempt("discard draft", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.discardPlanDraft(known.number, isDryRun: isDry)
        }
        if done != nil { book.cases[index].draft = nil }
    }

    mutating func activateDraft(_ index: Int, as login: String) throws {
        let drafted = book.cases.indices.filter { book.cases[$0].draft != nil && book.cases[$0].isOpen }
        let index = chance(80) && !drafted.isEmpty ? one(of: drafted) : index
        let known = book.cases[index]
        let at = momentOfPlan()
        let reason: String? = chance(80) ? "scheduled review" : nil
        var reasons = book.denial(login, .write, known)
        if let draft = known.draft {
            let isComplete = !draft.lacksCoping && !draft.lacksTheRest
            reasons.formUnion(problems(of: known, at: at, isComplete: isComplete, review: draft.reviewOn))
        } else {
            reasons.insert("failed")
        }
        if reason == nil, !known.plans.isEmpty { reasons.insert("failed") }
        let isDry = isDry()
        let done = try attempt("activate draft", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.activatePlanDraft(known.number, reason: reason, at: at, isDryRun: isDry)
        }
        guard done != nil else { return }
        book.cases[index].plans.append(NotebookCase.Plan(at: at, reviewOn: known.draft?.reviewOn))
        book.cases[index].draft = nil
    }

    mutating func reviewPlan(_ index: Int, as login: String) throws {
        let planned = book.cases.indices.filter { !book.cases[$0].plans.isEmpty && book.cases[$0].isOpen }
        let index = chance(70) && !planned.isEmpty ? one(of: planned) : index
        let known = book.cases[index]
        let at = chance(5) ? now.adding(seconds: 30) : past(hours: 72)
        let next: CivilDate? =
            chance(50) ? zone.date(of: at).adding(days: Int.random(in: -1...25, using: &random)) : nil
        var reasons = book.denial(login, .write, known).union(known.problems(at: at, now: now))
        if !known.plans.contains(where: { $0.at <= at }) { reasons.insert("plan-missing") }
        if let next, next < zone.date(of: at) { reasons.insert("failed") }
        let isDry = isDry()
        let done = try attempt("review plan", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.reviewPlan(known.number, at: at, next: next, note: "", isDryRun: isDry)
        }
        if done != nil { book.cases[index].reviews.append(NotebookCase.Review(at: at, next: next)) }
    }

    mutating func declinePlan(_ index: Int, as login: String) throws {
        let planned = book.cases.indices.filter { book.cases[$0].plans.count > 1 && book.cases[$0].isOpen }
        let index = chance(50) && !planned.isEmpty ? one(of: planned) : index
        let known = book.cases[index]
        // Often while an older version was the active one, which counts as much as the one that is active now.
        var at = past(hours: 48)
        if let older = known.plans.dropLast().last?.at, let newest = known.plans.last?.at, older < newest, chance(60) {
            at = older.adding(seconds: Int64.random(in: 0..<newest.seconds - older.seconds, using: &random))
        }
        let isDespitePlan = chance(40)
        var reasons = book.denial(login, .write, known).union(known.problems(at: at, now: now))
        if !isDespitePlan, known.plans.contains(where: { $0.at <= at }) { reasons.insert("state-order") }
        let isDry = isDry()
        let done = try attempt("decline plan", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.declinePlan(
                known.number,
                by: .caregiver,
                reason: "not now",
                at: at,
                isDespitePlan: isDespitePlan,
                isDryRun: isDry
            )
        }
        if done != nil { book.cases[index].declinedAt = min(known.declinedAt ?? at, at) }
    }

    mutating func printPlan(_ index: Int, as login: String) throws {
        let planned = book.cases.indices.filter { !book.cases[$0].plans.isEmpty }
        let index = chance(70) && !planned.isEmpty ? one(of: planned) : index
        let known = book.cases[index]
        let (isForFamily, isOverruled) = (chance(70), chance(30))
        var reasons = book.denial(login, .read, known)
        if known.plans.isEmpty { reasons.insert("plan-missing") }
        if isForFamily, known.isMinorConsented, !isOverruled { reasons.insert("minor-consented") }
        _ = try attempt("print plan", as: login, unless: reasons) { session in
            try session.planToPrint(
                known.number,
                forFamily: isForFamily,
                overrideReason: isOverruled ? "the youth wants it" : ""
            ).author
        }
    }
}
