internal import Reports

/// A report for the terminal: its tables under their headings.
struct ReportText {
    let presentation: Presentation

    func render(_ report: MeasureReport) -> String {
        let style = presentation.style
        var text = style.bold(report.title) + "\n" + visible(report.subtitle) + "\n"
        if let limit = report.suppressBelow {
            text += "Counts from 1 to \(limit - 1) are hidden, and whatever would give them away.\n"
        }
        for table in report.tables(bar: presentation.ascii ? "#" : "█") {
            text += "\n" + style.bold(table.heading) + "\n"
            text += TableText(presentation: presentation).render(table.listing)
        }
        return text
    }

    private func visible(_ text: String) -> String {
        VisibleText.oneLine(text, ascii: presentation.ascii)
    }
}
