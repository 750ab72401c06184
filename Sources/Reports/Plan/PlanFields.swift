internal import CrisisCare
internal import Services
internal import Storage

/// A plan as a record to be shown.
enum PlanFields {
    static func version(_ plan: PlanRecord, of episode: EpisodeRecord, _ directory: Directory) -> Detail {
        var detail = Detail()
        detail.add("case_number", "Case", .code(episode.caseNumber.description))
        detail.add("state", "State", .code("active"))
        detail.add("version", "Version", .int(plan.version.version))
        detail.add("activated_at", "Activated", .instant(plan.version.activatedAt))
        detail.add("author", "Author", .text(directory.login(plan.author)))
        detail.add("reason", "Reason", .ifPresent(directory.codes.text(plan.reason), Cell.code))
        addContent(plan.content, to: &detail, isPart2: episode.part2)
        return detail
    }

    static func draft(_ draft: PlanDraft) -> Detail {
        var detail = Detail()
        detail.add("case_number", "Case", .code(draft.caseNumber.description))
        let state = draft.hasActiveVersion ? "draft" : "draft, no version is active yet"
        detail.add("state", "State", .code(state))
        detail.add("saved_at", "Draft saved", .ifPresent(draft.savedAt, Cell.instant))
        detail.add("saved_by", "Saved by", .ifPresent(draft.savedBy, Cell.text))
        addContent(draft.content, to: &detail, isPart2: draft.isPart2)
        detail.add(
            "missing",
            "Missing before it can be activated",
            Listing(columns: [Column("missing", "What")], rows: draft.gaps.map { [.code($0.description)] })
        )
        return detail
    }

    private static func addContent(_ content: PlanContent, to detail: inout Detail, isPart2: Bool) {
        detail.add("youth_took_part", "Youth took part", .ifPresent(content.youthTookPart, Cell.bool))
        detail.add("caregiver_took_part", "Caregiver took part", .ifPresent(content.caregiverTookPart, Cell.bool))
        detail.add("copy_given", "Copy given", content.copyGiven.isEmpty ? .null : .text(content.copyGiven))
        detail.add("review_on", "Review on", .ifPresent(content.reviewOn, Cell.date))
        detail.add("notice", "Notice", isPart2 ? .text(Part2Notice.text) : .null)
        var entries = Listing(columns: [Column("part", "Part"), Column("entry", "Entry")])
        for part in PlanPart.allCases where part.isList {
            for line in content.lines(of: part) { entries.append([.code(part.rawValue), .text(line)]) }
        }
        detail.add("entries", "Plan", entries)
    }
}
