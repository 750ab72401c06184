internal import Reports
/// A list as aligned text.
struct TableText {
    /// A longer word may be broken to make a table fit the screen; arbitrary.
    private static let longestUnbrokenWord = 20

    let presentation: Presentation

    /// The table with a final line end, or nothing for an empty list.
    ///
    /// On a screen too narrow for the columns each row becomes a block of lines instead.
    func render(_ listing: Listing) -> String {
        guard !listing.rows.isEmpty, !listing.columns.isEmpty else { return "" }
        let rows = listing.rows.map { row in row.map(presentation.text) }
        guard let widths = widths(listing.columns, rows) else { return blocks(listing) }

        var output = ""
        let headings = headingLines(listing.columns, widths)
        for line in headings { appendLine(line, listing.columns, widths, to: &output, mark: presentation.style.bold) }
        appendLine(widths.map(presentation.rule), listing.columns, widths, to: &output, mark: presentation.style.dim)
        for row in rows {
            for line in lines(of: row, widths) {
                appendLine(line, listing.columns, widths, to: &output, mark: { $0 })
            }
        }
        return output
    }

    private func widths(_ columns: [Column], _ rows: [[String]]) -> [Int]? {
        var natural = columns.map(\.heading.displayWidth)
        for row in rows {
            for (index, text) in row.enumerated() { natural[index] = max(natural[index], text.displayWidth) }
        }
        guard let available = presentation.width else { return natural }
        var least = columns.map { TextWrap.longestWord($0.heading) }
        for row in rows {
            for (index, text) in row.enumerated() where text.utf8.count > least[index] {
                least[index] = max(least[index], min(TextWrap.longestWord(text), Self.longestUnbrokenWord))
            }
        }
        return TableLayout.widths(natural: natural, least: least, available: available)
    }

    /// The row's cells, wrapped, as the lines of text that they fill together.
    private func lines(of row: [String], _ widths: [Int]) -> [[String]] {
        let wrapped = zip(row, widths).map { TextWrap.lines($0, width: $1) }
        let height = wrapped.reduce(1) { max($0, $1.count) }
        return (0..<height).map { line in wrapped.map { line < $0.count ? $0[line] : "" } }
    }

    /// Headings stand on their rule: a shorter one begins lower.
    private func headingLines(_ columns: [Column], _ widths: [Int]) -> [[String]] {
        let wrapped = zip(columns, widths).map { TextWrap.lines($0.heading, width: $1) }
        let height = wrapped.reduce(1) { max($0, $1.count) }
        return (0..<height).map { line in
            wrapped.map { lines in
                let index = line - (height - lines.count)
                return index >= 0 ? lines[index] : ""
            }
        }
    }

    private func appendLine(
        _ cells: [String],
        _ columns: [Column],
        _ widths: [Int],
        to output: inout String,
        mark: (String) -> String
    ) {
        // Spaces are owed until a cell needs them, so that no line ends in any.
        var owed = 0
        for (index, text) in cells.enumerated() {
            let padding = max(widths[index] - text.displayWidth, 0)
            let before = columns[index].alignment == .trailing ? padding : 0
            owed += index > 0 ? TableLayout.gap : 0
            if text.isEmpty {
                owed += padding
                continue
            }
            output += String(repeating: " ", count: owed + before)
            output += mark(text)
            owed = padding - before
        }
        output += "\n"
    }

    private func blocks(_ listing: Listing) -> String {
        let details = listing.rows.map { row in
            var detail = Detail()
            for (column, cell) in zip(listing.columns, row) { detail.add(column.key, column.heading, cell) }
            return DetailText(presentation: presentation).render(detail)
        }
        return details.joined(separator: "\n")
    }
}
