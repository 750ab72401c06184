extension CSVReader {
    /// Reads the header. From here on a cell is addressed by its column's index in `columns`, then in `optional`.
    ///
    /// The file's columns may stand in any order. Names are compared byte for byte.
    ///
    /// - Throws: ``CSVError`` when the file is empty, when a column stands twice, is missing (all that are missing are
    ///   named at once) or is not known: what it holds would be lost. The name of an unknown column is not shown,
    ///   because in a file without a header it would be a person's data.
    package mutating func readHeader(columns: [String], optional: [String] = []) throws(CSVError) {
        let names = columns + optional
        precondition(!columns.isEmpty && Set(names).count == names.count, "columns have names of their own")
        precondition(columnNames.isEmpty, "a file has one header")
        guard try nextRecord() else { throw fail(0, .emptyFile) }

        var cellOfName: [Int?] = Array(repeating: nil, count: names.count)
        var firstUnknown: Int?
        for cell in scanner.cells.indices {
            let title = string(ofCell: cell)
            guard let column = names.firstIndex(of: title) else {
                firstUnknown = firstUnknown ?? cell
                continue
            }
            guard cellOfName[column] == nil else {
                throw fail(scanner.cells[cell].begin, .repeatedColumn(title))
            }
            cellOfName[column] = cell
        }
        let missing = columns.indices.filter { cellOfName[$0] == nil }.map { columns[$0] }
        if let firstUnknown {
            throw fail(scanner.cells[firstUnknown].begin, .unknownColumn(missing: missing))
        }
        guard missing.isEmpty else { throw fail(0, .missingColumns(missing)) }

        columnNames = names
        cellOfColumn = cellOfName
        scanner.mostCells = scanner.cells.count
        scanner.surplusReason = .tooManyCells(expected: scanner.cells.count)
    }

    /// Whether the file has the column: one that is optional may be absent, and its cells are then empty.
    package func hasColumn(_ column: Int) -> Bool {
        cellOfColumn[column] != nil
    }
}
