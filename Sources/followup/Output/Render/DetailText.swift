internal import Reports
/// A record as lines of heading and value, followed by what belongs to it.
struct DetailText {
    /// Values are not squeezed into less than this; arbitrary.
    private static let leastValueWidth = 20

    let presentation: Presentation

    func render(_ detail: Detail) -> String {
        var blocks: [String] = []
        if !detail.fields.isEmpty { blocks.append(fields(detail.fields)) }
        for section in detail.sections {
            let heading = presentation.style.bold(section.heading)
            let body =
                switch section.content {
                case .listing(let listing): TableText(presentation: presentation).render(listing)
                case .detail(let detail): render(detail)
                }
            blocks.append("\(heading)\n\n\(body.isEmpty ? "none\n" : body)")
        }
        return blocks.joined(separator: "\n")
    }

    private func fields(_ fields: [Detail.Field]) -> String {
        let headingWidth = fields.reduce(0) { max($0, $1.column.heading.displayWidth) }
        let margin = headingWidth + TableLayout.gap
        let valueWidth = presentation.width.map { max($0 - margin, Self.leastValueWidth) }
        var output = ""
        for field in fields {
            let heading = field.column.heading
            var before = presentation.style.bold(heading)
            before += String(repeating: " ", count: margin - heading.displayWidth)
            for ownLine in presentation.lines(field.cell) {
                for line in valueWidth.map({ TextWrap.lines(ownLine, width: $0) }) ?? [ownLine] {
                    output += before + line
                    while output.last == " " { output.removeLast() }
                    output += "\n"
                    before = String(repeating: " ", count: margin)
                }
            }
        }
        return output
    }
}
