internal import CivilTime
internal import CrisisCare
internal import SQLite
package import Services
internal import Storage

/// A list of what a plan says, and whether it must not be passed on.
package struct PlanListing: Sendable {
    package let listing: Listing
    /// The columns of a list are fixed, so that the notice of 42 CFR part 2 goes beside it.
    package let isPart2: Bool
}

extension Session {
    /// What the active version says, or the draft with what it lacks. Without a version the draft is shown, and says so.
    package borrowing func showPlan(_ caseText: String, isDraft: Bool) throws -> Detail {
        try read("plan show", needing: .readCases, of: caseText) { db in
            let directory = try Directory.load(in: db)
            let episode = try CaseFinder.readable(caseText, by: actor, in: db)
            if !isDraft, let plan = try PlanStore.active(of: episode.id, in: db) {
                return PlanFields.version(plan, of: episode, directory)
            }
            let draft = try planDraft(caseText, in: db)
            guard draft.isStored else { throw isDraft ? PlanReading.noDraft : PlanReading.noPlan }
            return PlanFields.draft(draft)
        }
    }

    /// The versions of a case's plan, the first one first.
    package borrowing func planHistory(_ caseText: String) throws -> PlanListing {
        try read("plan history", needing: .readCases, of: caseText) { db in
            let directory = try Directory.load(in: db)
            let episode = try CaseFinder.readable(caseText, by: actor, in: db)
            let versions = Listing(
                columns: [
                    Column("case_number", "Case"), Column("version", "Version", .trailing),
                    Column("activated_at", "Activated"), Column("author", "Author"), Column("reason", "Reason"),
                    Column("review_on", "Review on"), Column("superseded_at", "Superseded"),
                ],
                rows: try PlanStore.records(of: episode.id, in: db).map { plan in
                    [
                        .code(episode.caseNumber.description), .int(plan.version.version),
                        .instant(plan.version.activatedAt), .text(directory.login(plan.author)),
                        .ifPresent(directory.codes.text(plan.reason), Cell.code),
                        .ifPresent(plan.version.reviewOn, Cell.date), .ifPresent(plan.supersededAt, Cell.instant),
                    ]
                }
            )
            return PlanListing(listing: versions, isPart2: episode.part2)
        }
    }

    /// What a version says and another does not, line by line; `nil` stands for the draft.
    package borrowing func planDiff(_ caseText: String, from old: Int?, to new: Int?) throws -> PlanListing {
        try read("plan diff", needing: .readCases, of: caseText) { db in
            let episode = try CaseFinder.readable(caseText, by: actor, in: db)
            let contents = try [old, new].map { version in
                try PlanReading.content(version, of: episode.id, in: db)
            }
            let lines = Listing(
                columns: [Column("change", "Change"), Column("part", "Part"), Column("line", "Line")],
                rows: PlanDiff.lines(from: contents[0], to: contents[1]).map { line in
                    [.code(line.change.rawValue), .code(line.part.rawValue), .text(line.text)]
                }
            )
            return PlanListing(listing: lines, isPart2: episode.part2)
        }
    }
}

private enum PlanReading {
    static var noDraft: any Error { missingDraft }
    private static let missingDraft = ServiceError.notFound(
        what: "the case has no draft of a plan",
        hint: "Begin one with followup plan draft CASE, or leave out --draft."
    )
    static var noPlan: any Error { missingPlan }
    private static let missingPlan = RuleViolation(
        .planMissing,
        "the case has no active version of the Crisis Safety Plan",
        remedy: "Begin one: followup plan draft CASE."
    )

    static func content<Mode>(
        _ version: Int?,
        of id: EpisodeID,
        in db: borrowing Access<Mode>
    ) throws -> PlanContent {
        guard let version else {
            guard let draft = try PlanDraftStore.find(id, in: db) else { throw noDraft }
            return draft.content
        }
        guard let plan = try PlanStore.find(version: version, of: id, in: db) else {
            throw ServiceError.notFound(
                what: "the case has no such version of its plan",
                hint: "The versions are in followup plan history CASE."
            )
        }
        return plan.content
    }
}
