internal import CrisisCare
internal import Services
internal import Storage

/// A plan as a record to be shown.
enum PlanFields {
    static func version(_ plan: PlanRecord, of number: CaseNumber, _ directory: Directory) -> Detail {
        var detail = Detail()
        detail.add("case_number", "Case", .code(number.description))
        detail.add("version", "Version", .int(plan.version.version))
        detail.add("activated_at", "Activated", .instant(plan.version.activatedAt))
        detail.add("author", "Author", .text(directory.login(plan.author)))
        detail.add("reason", "Reason", .ifPresent(directory.codes.text(plan.reason), Cell.code))
        addContent(plan.content, to: &detail)
        return detail
    }

    static func draft(_ draft: PlanDraft) -> Detail {
        var detail = Detail()
        detail.add("case_number", "Case", .code(draft.caseNumber.description))
        detail.add("saved_at", "Draft saved", .ifPresent(draft.savedAt, Cell.instant))
        detail.add("saved_by", "Saved by", .ifPresent(draft.savedBy, Cell.text))
        addContent(draft.content, to: &detail)
        detail.add(
            "missing",
            "Missing before it can be activated",
            Listing(columns: [Column("missing", "What")], rows: draft.gaps.map { [.code($0.description)] })
        )
        return detail
    }

    private static func addContent(_ content: PlanContent, to detail: inout Detail) {
        detail.add("youth_took_part", "Youth took part", .ifPresent(content.youthTookPart, Cell.bool))
        detail.add("caregiver_took_part", "Caregiver took part", .ifPresent(content.caregiverTookPart, Cell.bool))
        detail.add("copy_given", "Copy given", content.copyGiven.isEmpty ? .null : .text(content.copyGiven))
        detail.add("review_on", "Review on", .ifPresent(content.reviewOn, Cell.date))
        var entries = Listing(columns: [Column("part", "Part"), Column("entry", "Entry")])
        for part in PlanPart.allCases where part.isList {
            for line in content.lines(of: part) { entries.append([.code(part.rawValue), .text(line)]) }
        }
        detail.add("entries", "Plan", entries)
    }
}
