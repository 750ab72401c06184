internal import Reports
/// A list as aligned text.
struct TableText {
    /// A longer word may be broken to make a table fit the screen; the shorter limit is for a screen that the longer
    /// does not fit, and leaves dates, case numbers and phone numbers whole. Arbitrary.
    private static let longestUnbrokenWords = [20, 12]

    let presentation: Presentation

    /// The table with a final line end, or nothing for an empty list.
    ///
    /// On a screen too narrow for the columns each row becomes a block of lines instead.
    /// - Parameter mark: the color or weight of a row's text.
    func render(_ listing: Listing, mark: ([Cell]) -> (String) -> String = { _ in { $0 } }) -> String {
        render(listing.columns, [TableGroup(rows: listing.rows)], mark: mark)
    }

    /// Several groups of rows below one line of headings, aligned with each other.
    func render(
        _ columns: [Column],
        _ groups: [TableGroup],
        mark: ([Cell]) -> (String) -> String = { _ in { $0 } }
    ) -> String {
        let groups = groups.filter { !$0.rows.isEmpty }
        guard !groups.isEmpty, !columns.isEmpty else { return "" }
        let texts = groups.map { group in group.rows.map { row in row.map(presentation.text) } }
        guard let widths = widths(columns, texts.flatMap(\.self)) else { return blocks(columns, groups) }

        var output = ""
        let headings = headingLines(columns, widths)
        for line in headings { appendLine(line, columns, widths, to: &output, mark: presentation.style.bold) }
        appendLine(widths.map(presentation.rule), columns, widths, to: &output, mark: presentation.style.dim)
        for (group, rows) in zip(groups, texts) {
            if let heading = group.heading { output += heading + "\n" }
            for (cells, row) in zip(group.rows, rows) {
                let mark = mark(cells)
                for line in lines(of: row, widths) { appendLine(line, columns, widths, to: &output, mark: mark) }
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
        var words = columns.map { _ in 0 }
        for row in rows {
            for (index, text) in row.enumerated() where text.utf8.count > words[index] {
                words[index] = max(words[index], TextWrap.longestWord(text))
            }
        }
        for longest in Self.longestUnbrokenWords {
            let least = zip(columns, words).map { max(TextWrap.longestWord($0.heading), min($1, longest)) }
            if let widths = TableLayout.widths(natural: natural, least: least, available: available) { return widths }
        }
        return nil
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

    private func blocks(_ columns: [Column], _ groups: [TableGroup]) -> String {
        let blocks = groups.map { group in
            let details = group.rows.map { row in
                var detail = Detail()
                for (column, cell) in zip(columns, row) { detail.add(column.key, column.heading, cell) }
                return DetailText(presentation: presentation).render(detail)
            }
            return (group.heading.map { $0 + "\n" } ?? "") + details.joined(separator: "\n")
        }
        return blocks.joined(separator: "\n")
    }
}

/// Rows of a table that belong together.
struct TableGroup {
    /// A line above them, ready to be shown.
    var heading: String?
    let rows: [[Cell]]
}
