/// One column of a list, or one line of a detail.
package struct Column: Hashable, Sendable {
    package enum Alignment: Sendable {
        case leading
        case trailing
    }

    /// The name in JSON and CSV, in snake case: scripts rely on it.
    package let key: String
    /// The name that people read.
    package let heading: String
    package let alignment: Alignment

    package init(_ key: String, _ heading: String, _ alignment: Alignment = .leading) {
        self.key = key
        self.heading = heading
        self.alignment = alignment
    }
}

/// A list: columns, and rows that hold one cell for each of them.
package struct Listing: Sendable {
    package let columns: [Column]
    package private(set) var rows: [[Cell]]
    /// A row is of an episode under 42 CFR part 2: its notice goes with the list.
    package var isPart2 = false
    /// A limit left further rows out.
    package var hasMore = false

    package init(columns: [Column], rows: [[Cell]] = []) {
        self.columns = columns
        self.rows = []
        self.rows.reserveCapacity(rows.count)
        for row in rows { append(row) }
    }

    package mutating func append(_ row: [Cell]) {
        // A shorter or longer row would put values under the wrong headings.
        precondition(row.count == columns.count, "a row needs one cell for each column")
        rows.append(row)
    }
}
