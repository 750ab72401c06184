internal import CivilTime

/// A report as one page that stands alone, without a script or anything to be fetched.
package struct ReportPage {
    package let html: String

    package init(_ report: MeasureReport) {
        var page = PageMarkup()
        page.begin(title: "\(report.agency): \(report.title)")
        page.append(Patterns.markup)
        page.add("h1", report.title)
        page.add("p", report.subtitle, class: "about")
        if let limit = report.suppressBelow {
            page.add(
                "p",
                SuppressionNote.text(below: limit) + " The trends by quarter are left out, because hidden counts could "
                    + "be computed from them.",
                class: "about"
            )
        }
        page.addBenchmarks(of: report)
        page.addTrends(of: report)
        page.addResponseTimes(of: report)
        page.addSources(of: report)
        page.addGroups(of: report)
        page.addFigures(of: report)
        page.addBreakdowns(of: report)
        page.section("What is counted", id: "definitions") { page in
            page.table(
                "Definitions, version \(Measure.definitionsVersion)",
                ["Figure", "Numerator", "Denominator", "Without"],
                report.measures.map { measure in
                    [
                        PageCell(measure.words), PageCell(prose: measure.numerator),
                        PageCell(prose: measure.denominator), PageCell(prose: measure.exclusions),
                    ]
                }
            )
        }
        page.end()
        html = page.html
    }
}
