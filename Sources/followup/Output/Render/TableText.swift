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
        let texts = groups.map { group in group.rows.map { row in row.map { MeasuredText(presentation.text($0)) } } }
        guard let widths = widths(columns, texts) else { return blocks(columns, groups) }

        var table = TableLines(widths: widths, alignments: columns.map(\.alignment))
        for line in headingLines(columns, widths) { table.append(line, mark: presentation.style.bold) }
        table.append(widths.map { MeasuredText(presentation.rule($0), width: $0) }, mark: presentation.style.dim)
        for (group, rows) in zip(groups, texts) {
            if let heading = group.heading { table.append(heading) }
            for (cells, row) in zip(group.rows, rows) { table.append(wrapped: row, mark: mark(cells)) }
        }
        return table.text
    }

    private func widths(_ columns: [Column], _ groups: [[[MeasuredText]]]) -> [Int]? {
        var natural = columns.map(\.heading.displayWidth)
        for rows in groups {
            for row in rows {
                for (index, cell) in row.enumerated() { natural[index] = max(natural[index], cell.width) }
            }
        }
        guard let available = presentation.width else { return natural }
        var words = columns.map { _ in 0 }
        for rows in groups {
            for row in rows {
                for (index, cell) in row.enumerated() where cell.text.utf8.count > words[index] {
                    words[index] = max(words[index], TextWrap.longestWord(cell.text))
                }
            }
        }
        for longest in Self.longestUnbrokenWords {
            let least = zip(columns, words).map { max(TextWrap.longestWord($0.heading), min($1, longest)) }
            if let widths = TableLayout.widths(natural: natural, least: least, available: available) { return widths }
        }
        return nil
    }

    /// Headings stand on their rule: a shorter one begins lower.
    private func headingLines(_ columns: [Column], _ widths: [Int]) -> [[MeasuredText]] {
        let wrapped = zip(columns, widths).map { TextWrap.lines($0.heading, width: $1) }
        let height = wrapped.reduce(1) { max($0, $1.count) }
        return (0..<height).map { line in
            wrapped.map { lines in
                let index = line - (height - lines.count)
                return MeasuredText(index >= 0 ? lines[index] : "")
            }
        }
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
