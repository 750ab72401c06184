/// Reads a CSV file record by record, strictly by RFC 4180; memory holds one record and one block, never the file.
///
/// Accepted: UTF-8 with or without a byte-order mark, LF and CRLF (mixed), quoted line ends (kept byte for byte),
/// doubled quotes, a last line without a line end. Everything else is refused with line and column, because a reader
/// that guesses loses data without a word. A line without a byte is skipped, also in a file of one column: there an
/// empty cell is written `""`, as ``CSVWriter`` does.
///
/// After an error the reader is spent: it gives the same error again.
///
///     var reader = try CSVReader.open(path: path, name: "visits.csv")
///     try reader.readHeader(columns: ["case_ref", "at", "note"])
///     while try reader.next() {
///         let note = reader.text(2)
///     }
package struct CSVReader: ~Copyable {
    /// The file's name as messages show it.
    package let name: String
    /// The line, from 1, where the current record begins.
    package private(set) var line = 1

    var input: CSVInput
    var scanner: RecordScanner
    /// Bytes of the file; those of the current record begin at `recordStart`, what is read ends at `filled`.
    var buffer: [UInt8] = []
    var recordStart = 0
    /// For each column asked for, which cell of a record holds it; nil when an optional column is absent.
    var cellOfColumn: [Int?] = []
    var columnNames: [String] = []

    private let limits: CSVLimits
    private var filled = 0
    private var isAtEnd = false
    private(set) var recordLength = 0
    private var failure: CSVError?

    /// Reads from memory.
    package init(bytes: [UInt8], name: String, limits: CSVLimits = .standard) {
        self.init(input: CSVInput(bytes: bytes), name: name, limits: limits)
    }

    private init(input: consuming CSVInput, name: String, limits: CSVLimits) {
        self.input = input
        self.name = name
        self.limits = limits
        scanner = RecordScanner(limits: limits)
    }

    /// Opens a file, whose errors are shown under `name`.
    package static func open(
        path: String,
        name: String,
        limits: CSVLimits = .standard
    ) throws(CSVError) -> CSVReader {
        let input: CSVInput
        do {
            input = try CSVInput.open(path: path)
        } catch {
            throw CSVError(error, file: name)
        }
        return CSVReader(input: input, name: name, limits: limits)
    }

    /// Bytes taken from the file so far, for a progress bar; up to one block ahead of the record.
    package var bytesRead: Int { input.bytesRead }

    /// The size of the file when it was opened; nil for a pipe.
    package var totalBytes: Int? { input.totalBytes }

    /// Goes to the next record; false when there is none.
    ///
    /// - Throws: ``CSVError`` at the first byte that is not as it must be.
    package mutating func next() throws(CSVError) -> Bool {
        precondition(failure != nil || !columnNames.isEmpty, "the header is read before the first record")
        guard try nextRecord() else { return false }
        guard scanner.cells.count == scanner.mostCells else {
            throw fail(0, .tooFewCells(found: scanner.cells.count, expected: scanner.mostCells))
        }
        return true
    }

    /// Goes to the next record of any number of cells.
    mutating func nextRecord() throws(CSVError) -> Bool {
        if let failure { throw failure }
        leaveRecord()
        if input.bytesRead == 0, !isAtEnd { try skipByteOrderMark() }
        while true {
            let progress: RecordScanner.Progress
            do {
                progress = try scanner.scan(buffer, in: recordStart..<filled, isLast: isAtEnd)
            } catch {
                throw fail(error.offset, error.reason)
            }
            switch progress {
            case .record(let length):
                recordLength = length
                return true
            case .emptyLine(let length):
                recordLength = length
                leaveRecord()
            case .needsMore:
                try readBlock()
            case .endOfFile:
                return false
            }
        }
    }

    private mutating func leaveRecord() {
        line += scanner.lineFeeds
        recordStart += recordLength
        recordLength = 0
        scanner.startRecord()
    }

    /// Makes an error of what stands `offset` bytes into the record, and keeps it.
    mutating func fail(_ offset: Int, _ reason: CSVError.Reason) -> CSVError {
        let (line, column) = position(of: offset)
        let error = CSVError(file: name, line: line, column: column, reason: reason)
        failure = error
        return error
    }

    private mutating func skipByteOrderMark() throws(CSVError) {
        while filled < 3, !isAtEnd { try readBlock() }
        if Byte.startsWithByteOrderMark(buffer.span.extracting(0..<filled)) { recordStart = 3 }
    }

    /// Reads on behind what there is of the record, after moving that to the front.
    private mutating func readBlock() throws(CSVError) {
        if recordStart > 0 {
            let kept = filled - recordStart
            for index in 0..<kept { buffer[index] = buffer[recordStart + index] }
            recordStart = 0
            filled = kept
        }
        if buffer.count - filled < limits.blockBytes {
            // Doubled, so that a long record is not copied once a block.
            let size = max(filled + limits.blockBytes, 2 * buffer.count)
            buffer.append(contentsOf: repeatElement(0, count: size - buffer.count))
        }
        do {
            let count = try input.read(into: &buffer, from: filled, most: limits.blockBytes)
            filled += count
            isAtEnd = count == 0
        } catch {
            let error = CSVError(error, file: name)
            failure = error
            throw error
        }
    }
}

extension CSVError {
    init(_ error: CSVInputError, file: String) {
        switch error {
        case .isDirectory: self.init(file: file, reason: .isDirectory)
        case .system(let number): self.init(file: file, reason: .unreadable(errno: number))
        }
    }
}
