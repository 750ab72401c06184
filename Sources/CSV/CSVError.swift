/// Why a CSV file was refused, and where. Holds nothing of what the cells say: they are health data.
package struct CSVError: Error, Sendable, Equatable {
    /// The file's name as the user knows it.
    package let file: String
    /// The line, from 1; nil when the file as a whole is meant.
    package let line: Int?
    /// The position in the line, from 1, in Unicode scalars; nil when the file as a whole is meant.
    package let column: Int?
    package let reason: Reason

    package enum Reason: Sendable, Hashable {
        /// The system's error number, from opening or reading.
        case unreadable(errno: Int32)
        case isDirectory
        case emptyFile
        /// The position is that of the opening quote.
        case unclosedQuote
        case quoteInUnquotedCell
        case textAfterClosingQuote
        case loneCarriageReturn
        case invalidUTF8
        case nulByte
        /// The position is where the cell begins.
        case cellTooLong(limit: Int)
        /// The position is where the record begins.
        case recordTooLong(limit: Int)
        case tooManyColumns(limit: Int)
        /// The position is where the record begins.
        case tooFewCells(found: Int, expected: Int)
        /// The position is that of the first cell too many.
        case tooManyCells(expected: Int)
        case repeatedColumn(String)
        /// The position is that of the first header cell that is not known; names are those the file lacks.
        case unknownColumn(missing: [String])
        /// All that are missing, in the order asked for.
        case missingColumns([String])
    }

    package init(file: String, line: Int? = nil, column: Int? = nil, reason: Reason) {
        self.file = file
        self.line = line
        self.column = column
        self.reason = reason
    }
}

extension CSVError: CustomStringConvertible {
    /// What happened and what to do next, such as
    /// `visits.csv line 12 column 40: the quote that opens this cell is never closed. Close it with ".`
    package var description: String {
        guard let line, let column else { return "\(file): \(reason.message)" }
        return "\(file) line \(line) column \(column): \(reason.message)"
    }
}
