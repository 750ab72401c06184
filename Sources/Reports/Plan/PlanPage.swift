package import CivilTime
internal import CrisisCare
package import Services
internal import Storage

/// A plan on one sheet: a page that stands alone, without a script or anything to be fetched.
package struct PlanPage {
    package let html: String
    /// What to look at before it is handed out.
    package let warnings: [String]
}

extension PlanPage {
    /// - Parameter forFamily: without case number, staff names and what was said of lethal means.
    package init(_ plan: PrintablePlan, forFamily: Bool, language: PlanLanguage, zone: Zone) {
        let content = plan.plan.content
        var sections = PlanStep.allCases.map { step in
            PlanTypeSize.Section(
                heading: "\(step.rawValue). \(language.heading(of: step))",
                entries: content.entries[step] ?? []
            )
        }
        if !forFamily {
            sections.append(.init(heading: language.lethalMeans, entries: content.lethalMeans.map(\.text)))
        }
        let additions = PlanAddition.allCases.map { addition in
            PlanTypeSize.Section(
                heading: language.heading(of: addition),
                entries: content.additions[addition] ?? []
            )
        }
        .filter { !$0.entries.isEmpty }
        let notices = Self.notices(plan, forFamily, language)
        let size = PlanTypeSize.fitting(.init(sections: sections, pairs: additions, notices: notices))
        var page = PlanMarkup()
        page.begin(language.rawValue, title: language.title, points: size.points)
        page.add("h1", language.title)
        page.add("p", Self.about(plan, forFamily: forFamily, language, zone), class: "about")
        for (section, isInColumns) in zip(sections, size.isInColumns) {
            page.add("h2", section.heading)
            page.add(list: section.entries, isInColumns: isInColumns)
        }
        page.add(pairs: additions)
        page.add(footer: language, reviewOn: content.reviewOn, notices: notices)
        html = page.finished
        warnings =
            size.fits
            ? []
            : ["the plan is too long for one page that can be read; shorten its entries, or look at the print first"]
    }

    private static func notices(_ plan: PrintablePlan, _ forFamily: Bool, _ language: PlanLanguage) -> [String] {
        var notices: [String] = []
        if plan.episode.minorConsented, !forFamily { notices.append(language.youthAlone) }
        if plan.episode.part2 { notices.append(language.part2Notice) }
        return notices
    }

    /// Who and when; on the family's copy the first name alone, for it hangs where visitors see it.
    private static func about(
        _ plan: PrintablePlan,
        forFamily: Bool,
        _ language: PlanLanguage,
        _ zone: Zone
    ) -> String {
        let date = language.text(of: zone.date(of: plan.plan.version.activatedAt))
        let parts =
            forFamily
            ? [plan.client.firstName, date]
            : [
                plan.client.displayName, plan.episode.caseNumber.description, "version \(plan.plan.version.version)",
                date, plan.author, plan.agency,
            ]
        return parts.filter { !$0.isEmpty }.joined(separator: " · ")
    }
}
