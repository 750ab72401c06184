internal import Reports

/// Fields as heading and value, several beside each other: what one screen has room for.
struct FieldGrid {
    /// A column of the grid with its gap; arbitrary, two to a usual terminal.
    private static let columnWidth = 40
    /// A longer heading would push all values to the right; its field gets a line of its own. Arbitrary.
    private static let longestHeading = 16

    let presentation: Presentation

    private struct Entry {
        let heading: String
        let lines: [String]
    }

    /// The short fields in their order row by row, then those that need lines of their own.
    func render(_ fields: [Detail.Field]) -> String {
        let screen = presentation.width ?? Terminal.usualWidth
        let count = max(screen / Self.columnWidth, 1)
        let entries = fields.map { Entry(heading: $0.column.heading, lines: presentation.lines($0.cell)) }
        let headingWidth = entries.map(\.heading.displayWidth).filter { $0 <= Self.longestHeading }.max() ?? 0
        let valueWidth = min(Self.columnWidth, screen) - headingWidth - 2 * TableLayout.gap
        func isShort(_ entry: Entry) -> Bool {
            entry.heading.displayWidth <= headingWidth && entry.lines.count == 1
                && entry.lines.allSatisfy { $0.displayWidth <= valueWidth }
        }
        var output = ""
        let short = entries.filter(isShort)
        for start in stride(from: 0, to: short.count, by: count) {
            var owed = 0
            for entry in short[start..<min(start + count, short.count)] {
                output += String(repeating: " ", count: owed) + presentation.style.bold(entry.heading)
                output += String(repeating: " ", count: headingWidth + TableLayout.gap - entry.heading.displayWidth)
                output += entry.lines.joined()
                owed = valueWidth + TableLayout.gap - entry.lines.reduce(0) { $0 + $1.displayWidth }
            }
            output += "\n"
        }
        for entry in entries where !isShort(entry) { output += whole(entry, headingWidth) }
        return output
    }

    private func whole(_ entry: Entry, _ headingWidth: Int) -> String {
        let margin = max(headingWidth, entry.heading.displayWidth) + TableLayout.gap
        let room = presentation.width.map { max($0 - margin, Self.longestHeading) }
        let lines = entry.lines.flatMap { line in room.map { TextWrap.lines(line, width: $0) } ?? [line] }
        var before =
            presentation.style.bold(entry.heading)
            + String(repeating: " ", count: margin - entry.heading.displayWidth)
        return lines.map { line in
            defer { before = String(repeating: " ", count: margin) }
            return before + line + "\n"
        }.joined()
    }
}
