extension CSVReader {
    /// Gives the bytes of a cell, as they are meant: without quotes around them, a doubled quote once, the guard kept.
    ///
    /// - Parameter column: the index in the columns that were given to `readHeader`.
    package borrowing func withCell<Result: ~Copyable, Failure: Error>(
        _ column: Int,
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let cell = cellOfColumn[column] else { return try body(Span()) }
        return try withContent(ofCell: cell, body)
    }

    /// The cell as a person's text: the formula guard that ``CSVWriter/text(_:)-(String)`` may have put before it is
    /// taken away. Do not take it away again.
    package borrowing func text(_ column: Int) -> String {
        withCell(column) { bytes in String(FormulaGuard.isGuarded(bytes) ? bytes.extracting(droppingFirst: 1) : bytes) }
    }

    /// The cell as it stands: a number, a date or a code, which has no formula guard.
    package borrowing func code(_ column: Int) -> String {
        withCell(column) { bytes in String(bytes) }
    }

    /// Appends the cells of the record, each followed by a NUL, which no cell holds, and where those stand.
    ///
    /// - Parameter areText: for each of the first columns, whether its cell is given as by `text` or as by `code`.
    package borrowing func append(areText: ArraySlice<Bool>, to bytes: inout [UInt8], ends: inout [Int32]) {
        for column in areText.indices {
            append(column, isText: areText[column], to: &bytes)
            ends.append(Int32(bytes.count))
            bytes.append(0)
        }
    }

    /// Appends a cell, given as by `text` or as by `code`.
    package borrowing func append(_ column: Int, isText: Bool, to bytes: inout [UInt8]) {
        withCell(column) { cell in
            let cell = isText && FormulaGuard.isGuarded(cell) ? cell.extracting(droppingFirst: 1) : cell
            unsafe cell.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        }
    }

    /// Bytes that the record takes in the file: no fewer than its cells have.
    package var recordBytes: Int { recordLength }

    package borrowing func isEmpty(_ column: Int) -> Bool {
        guard let cell = cellOfColumn[column] else { return true }
        return scanner.cells[cell].content.isEmpty
    }

    /// Where the cell stands in the file; the record's first cell for an optional column that is absent.
    package borrowing func location(of column: Int) -> CSVLocation {
        let begin = cellOfColumn[column].map { scanner.cells[$0].begin } ?? 0
        let (line, character) = position(of: begin)
        return CSVLocation(file: name, line: line, column: character, header: columnNames[column])
    }

    borrowing func string(ofCell cell: Int) -> String {
        withContent(ofCell: cell) { bytes in String(bytes) }
    }

    private borrowing func withContent<Result: ~Copyable, Failure: Error>(
        ofCell cell: Int,
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = scanner.cells[cell]
        if range.isCopied { return try body(scanner.copies.span.extracting(range.content)) }
        let content = recordStart + range.content.lowerBound..<recordStart + range.content.upperBound
        return try body(buffer.span.extracting(content))
    }

    /// Line and character position of the byte `offset` bytes into the record; counted only when asked for.
    borrowing func position(of offset: Int) -> (line: Int, column: Int) {
        var line = line
        var column = 1
        for index in recordStart..<recordStart + offset {
            if buffer[index] == Byte.lineFeed {
                line += 1
                column = 1
            } else if buffer[index] & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }
}

extension String {
    /// Text from bytes that were found to be UTF-8 when they were read.
    init(_ bytes: Span<UInt8>) {
        self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
