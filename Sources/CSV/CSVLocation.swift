/// Where something stands in a CSV file, in the terms of whoever opens that file in an editor.
package struct CSVLocation: Sendable, Hashable {
    /// The file's name as the user knows it, such as `visits.csv`.
    package let file: String
    /// The line, from 1. A line ends at a line feed, also inside a quoted cell.
    package let line: Int
    /// The position in its line, from 1, counted in Unicode scalars; a byte-order mark does not count.
    package let column: Int
    /// The header above the cell: a name the program knows, never one read from the file.
    package let header: String?

    package init(file: String, line: Int, column: Int, header: String? = nil) {
        self.file = file
        self.line = line
        self.column = column
        self.header = header
    }
}

extension CSVLocation: CustomStringConvertible {
    /// Such as `visits.csv line 12 column 40 (note)`.
    package var description: String {
        let place = "\(file) line \(line) column \(column)"
        guard let header else { return place }
        return "\(place) (\(header))"
    }
}
