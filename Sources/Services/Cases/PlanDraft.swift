package import CivilTime
package import CrisisCare
package import SQLite
internal import Storage

/// The draft of a case's next plan version, as somebody works on it.
package struct PlanDraft: Sendable {
    package let caseNumber: CaseNumber
    package var content: PlanContent
    /// What it lacks to be activated now, in the order of the plan.
    package let gaps: [PlanGap]
    /// Whether it is stored; otherwise it is what a new draft starts from.
    package let isStored: Bool
    package let savedAt: Instant?
    package let savedBy: String?
    /// Whether what shows it has to say that it must not be passed on (42 CFR part 2).
    package let isPart2: Bool
    package var hasActiveVersion: Bool { mark.activeVersion != nil }
    /// From where it was read, so that what somebody else saved meanwhile is not overwritten.
    package let mark: PlanDraftMark
}

/// The state of a case's plan that an editor has seen.
package struct PlanDraftMark: Equatable, Sendable {
    let draftVersion: Int?
    let savedAt: Instant?
    let activeVersion: Int?
}

/// What a change of a draft leaves to be shown.
package struct PlanDraftChange: Sendable {
    package let change: CaseChange
    package let gaps: [PlanGap]
}

extension Session {
    /// The draft of a case; without one, what a new draft starts from: the active version, or nothing.
    package borrowing func planDraft(_ caseText: String, action: String = "plan draft") throws -> PlanDraft {
        try read(action, needing: .readCases, of: caseText) { db in try planDraft(caseText, in: db) }
    }

    /// The same within a reading that was audited.
    package borrowing func planDraft(_ caseText: String, in db: borrowing Access<SQLite.Reading>) throws -> PlanDraft {
        let record = try CaseFinder.readable(caseText, by: actor, in: db)
        let history = try HistoryStore.history(of: record, in: db)
        let policies = try PolicyStore.book(in: db)
        guard let policy = policies.policy(of: record.program, on: zone.date(of: record.callReceivedAt)) else {
            throw ServiceError.badValue(
                "the program had no policy on the day of the call; see followup policy show"
            )
        }
        let practice = Practice(policy: policy, zone: zone, holidays: [])
        let (content, mark) = try PlanDraftReading.current(of: record.id, in: db)
        let saver = try PlanDraftStore.find(record.id, in: db)?.recordedBy
        return PlanDraft(
            caseNumber: record.caseNumber,
            content: content,
            gaps: content.gaps(in: history.window(at: now, under: practice)),
            isStored: mark.draftVersion != nil,
            savedAt: mark.savedAt,
            savedBy: try saver.map { try Directory.load(in: db).login($0) },
            isPart2: record.part2,
            mark: mark
        )
    }

    /// Stores a whole draft in place of what the editor had read.
    /// - Parameter mark: what the editor had read; `nil` for a form from elsewhere, which replaces whatever stands.
    package borrowing func savePlanDraft(
        _ caseText: String,
        _ content: PlanContent,
        replacing mark: PlanDraftMark?,
        isDryRun: Bool = false
    ) throws -> PlanDraftChange {
        try changeDraft("plan draft", caseText, isDryRun: isDryRun) { old, found in
            guard mark == nil || found == mark else {
                throw RuleViolation(
                    .staleEdit,
                    "somebody else changed the plan or its draft meanwhile",
                    remedy: "Look at it with followup plan show CASE --draft, then repeat your change."
                )
            }
            old = content
        }
    }

    /// Adds to a part of the draft, or sets it anew.
    package borrowing func setPlanPart(
        _ caseText: String,
        _ part: PlanPart,
        to lines: [String],
        replaces: Bool,
        isDryRun: Bool = false
    ) throws -> PlanDraftChange {
        try changeDraft("plan set", caseText, isDryRun: isDryRun) { content, _ in
            let kept = part.isList && !replaces ? content.lines(of: part) : []
            do {
                try content.set(part, to: kept + lines)
            } catch let error as PlanLineError {
                throw ServiceError.badValue(error.problem)
            }
        }
    }

    /// Throws the draft away; the active version stays as it is.
    package borrowing func discardPlanDraft(_ caseText: String, isDryRun: Bool = false) throws -> CaseChange {
        try work("plan draft", on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, _, db in
            guard let draft = try PlanDraftStore.find(work.record.id, in: db) else { throw PlanDraftReading.missing }
            try PlanDraftStore.remove(work.record.id, in: db)
            work.note("plan draft", PlanDraftReading.detail(from: draft.content, to: PlanContent()))
        }
    }

    private borrowing func changeDraft(
        _ action: String,
        _ caseText: String,
        isDryRun: Bool,
        _ body: (inout PlanContent, PlanDraftMark) throws -> Void
    ) throws -> PlanDraftChange {
        var gaps: [PlanGap] = []
        let result = try work(action, on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, change, db in
            let (old, mark) = try PlanDraftReading.current(of: work.record.id, in: db)
            var content = old
            try body(&content, mark)
            let record = PlanDraftRecord(
                episode: work.record.id,
                content: content,
                recordedAt: change.now,
                recordedBy: change.actor.staff,
                version: (mark.draftVersion ?? 0) + 1
            )
            // Drafts are no facts of the case, so that they are not among what `save` writes.
            try PlanDraftStore.store(record, in: db)
            work.note(action, PlanDraftReading.detail(from: old, to: content))
            gaps = content.gaps(in: work.history.window(at: change.now, under: work.practice))
        }
        return PlanDraftChange(change: result, gaps: gaps)
    }
}

enum PlanDraftReading {
    static let missing = ServiceError.notFound(
        what: "the case has no draft of a plan",
        hint: "Begin one with followup plan draft CASE."
    )

    static func current<Mode>(
        of id: EpisodeID,
        in db: borrowing Access<Mode>
    ) throws -> (content: PlanContent, mark: PlanDraftMark) {
        let draft = try PlanDraftStore.find(id, in: db)
        let active = try PlanStore.active(of: id, in: db)
        let mark = PlanDraftMark(
            draftVersion: draft?.version,
            savedAt: draft?.recordedAt,
            activeVersion: active?.version.version
        )
        return (draft?.content ?? active?.content.tidied ?? PlanContent(), mark)
    }

    /// Each part that changed, before and after.
    static func detail(from old: PlanContent, to new: PlanContent) -> AuditDetail {
        var detail = AuditDetail()
        for part in PlanPart.allCases {
            detail.add(part.rawValue, from: text(part, in: old), to: text(part, in: new))
        }
        return detail
    }

    private static func text(_ part: PlanPart, in content: PlanContent) -> String? {
        let lines = content.lines(of: part)
        return lines.isEmpty ? nil : PlanEntries.join(lines)
    }
}
