extension CSVError.Reason {
    /// What happened and what to do next, in plain words.
    package var message: String {
        switch self {
        case .unreadable(let number):
            return "the file cannot be read: \(SystemError.words(for: number))"
        case .isDirectory:
            return "this is a folder, not a file. Give the name of a CSV file."
        case .emptyFile:
            return "the file is empty. Its first line must name the columns."
        case .unclosedQuote:
            return "the quote that opens this cell is never closed. Close it with \"."
        case .quoteInUnquotedCell:
            return "a quote stands inside a cell that does not begin with one. "
                + "Put the whole cell in quotes and double each quote within it."
        case .textAfterClosingQuote:
            return "something follows the quote that closes this cell. "
                + "Only a comma or the end of the line may; a quote within a cell is written twice."
        case .loneCarriageReturn:
            return "a carriage return stands without a line feed. "
                + "Save the file again as CSV UTF-8, or put the cell in quotes."
        case .invalidUTF8:
            return "the text is not UTF-8. Save the file again as CSV UTF-8."
        case .nulByte:
            return "a NUL byte stands here: the file is damaged or is not a CSV file. Save it again as CSV UTF-8."
        case .cellTooLong(let limit):
            return "this cell is longer than \(limit) bytes. Shorten it, or look for a quote that is not closed."
        case .recordTooLong(let limit):
            return "this row is longer than \(limit) bytes. Shorten it, or look for a quote that is not closed."
        case .tooManyColumns(let limit):
            return "the first line names more than \(limit) columns. Check that this is the right file."
        case .tooFewCells(let found, let expected):
            return "this row has \(Self.cells(found)) and the header \(expected). "
                + "Add the missing ones: an empty cell still needs its comma."
        case .tooManyCells(let expected):
            return "this row has more cells than the header, which has \(expected). "
                + "A cell that contains a comma must be in quotes."
        case .repeatedColumn(let name):
            return "the header names the column \(name) twice. Remove or rename one of them."
        case .unknownColumn(let missing):
            let lacking = missing.isEmpty ? "" : " Not found: \(missing.joined(separator: ", "))."
            return "this column's name is not one of this file's columns, and its cells would be lost."
                + lacking + " Correct the name or remove the column."
        case .missingColumns(let names):
            let noun = names.count == 1 ? "the column" : "the columns"
            return "the first line lacks \(noun) \(names.joined(separator: ", ")). "
                + "Add what is missing, with empty cells if there is nothing to enter."
        }
    }

    private static func cells(_ count: Int) -> String {
        count == 1 ? "1 cell" : "\(count) cells"
    }
}
