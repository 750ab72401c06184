internal import Reports

/// A report for the terminal: its tables under their headings.
struct ReportText {
    /// Where there is no screen whose width a note could take; arbitrary.
    private static let noteWidth = 80

    let presentation: Presentation

    func render(_ report: MeasureReport) -> String {
        let style = presentation.style
        var text = style.bold(report.title) + "\n" + visible(report.subtitle) + "\n"
        if let limit = report.suppressBelow {
            let lines = TextWrap.lines(SuppressionNote.text(below: limit), width: presentation.width ?? Self.noteWidth)
            text += lines.joined(separator: "\n") + "\n"
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
