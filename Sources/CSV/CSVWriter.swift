/// Writes CSV by RFC 4180 with CRLF line ends: cells into one buffer, which is handed on in large blocks.
///
/// Cells cannot fail; `endRecord` and `finish` can. Without `finish` the last block is lost.
///
///     var writer = CSVWriter(to: .descriptor(descriptor), columns: ["case_ref", "minutes", "note"])
///     writer.code("2026-00042")
///     writer.int(45)
///     writer.text(note)
///     try writer.endRecord()
///     try writer.finish()
package struct CSVWriter: ~Copyable {
    /// Arbitrary: large enough that system calls do not count, small enough for any cache.
    package static let blockBytes = 256 << 10

    var buffer: CSVBlock
    private let output: CSVOutput
    private let columnCount: Int
    private var cellsInRecord = 0
    private var recordStart = 0

    /// Begins with the header, unless another writer has written it, after a byte-order mark if one is wanted.
    ///
    /// - Parameter waiting: bytes that are expected to wait until they are taken: more than these are copied.
    package init(
        to output: CSVOutput,
        columns: [String],
        writesHeader: Bool = true,
        byteOrderMark: Bool = false,
        waiting: Int = blockBytes
    ) {
        precondition(!columns.isEmpty, "a file has at least one column")
        buffer = CSVBlock(capacity: waiting + waiting / 4)
        self.output = output
        columnCount = columns.count
        if byteOrderMark {
            for index in Byte.byteOrderMark.indices { buffer.append(Byte.byteOrderMark[index]) }
        }
        recordStart = buffer.count
        guard writesHeader else { return }
        for column in columns { code(column) }
        endLine()
    }

    /// Ends the record, which must have as many cells as the header, and hands on the buffer when it is full.
    package mutating func endRecord() throws(CSVWriteError) {
        precondition(cellsInRecord == columnCount, "a record has as many cells as the header")
        endLine()
        if buffer.count >= Self.blockBytes { try flush() }
    }

    /// Hands on what is left. A writer for memory keeps it for `takeBytes`.
    package mutating func finish() throws(CSVWriteError) {
        precondition(cellsInRecord == 0, "the last record is ended before the file")
        try flush()
    }

    /// The bytes written since the last call, for ``CSVOutput/memory``.
    package mutating func takeBytes() -> [UInt8] { takeRecords().array }

    /// The same without a copy.
    package mutating func takeRecords() -> WrittenBytes {
        precondition(cellsInRecord == 0, "a record is ended before its bytes are taken")
        recordStart = 0
        return buffer.take()
    }

    /// Bytes that wait to be taken or handed on.
    package var waiting: Int { buffer.count }

    /// Adds whole records that another writer has written.
    package mutating func append(_ records: WrittenBytes) throws(CSVWriteError) {
        precondition(cellsInRecord == 0, "a record is ended before others follow")
        if case .descriptor(let descriptor) = output {
            try flush()
            try records.withSpan { (bytes) throws(CSVWriteError) in try CSVOutput.write(bytes, to: descriptor) }
        } else {
            records.withSpan { buffer.append($0) }
            recordStart = buffer.count
        }
    }

    private mutating func flush() throws(CSVWriteError) {
        guard case .descriptor(let descriptor) = output else { return }
        try buffer.withSpan { (bytes) throws(CSVWriteError) in try CSVOutput.write(bytes, to: descriptor) }
        buffer.removeAll()
        recordStart = 0
    }

    private mutating func endLine() {
        // An empty line would be skipped by a reader: the one empty cell of a record has to be seen.
        if buffer.count == recordStart {
            buffer.put(Byte.quote)
            buffer.put(Byte.quote)
        }
        buffer.put(Byte.carriageReturn)
        buffer.put(Byte.lineFeed)
        buffer.keepRoom()
        cellsInRecord = 0
        recordStart = buffer.count
    }

    /// Puts the comma before every cell but the first; the cell keeps the room. Inlined: it is a good part of what a short cell costs.
    @inline(__always)
    mutating func beginCell() {
        if cellsInRecord > 0 { buffer.put(Byte.comma) }
        cellsInRecord += 1
    }
}
