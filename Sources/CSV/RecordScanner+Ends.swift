extension RecordScanner {
    /// Ends the cell at the comma, line feed or carriage return that stands at `at`.
    mutating func endCell(_ bytes: Span<UInt8>, at: inout Int, isLast: Bool) throws(Fault) -> Progress? {
        switch bytes[at] {
        case Byte.comma:
            appendCell(bytes, end: at)
            at += 1
            guard cells.count < mostCells else { throw Fault(offset: at, reason: surplusReason) }
            cellBegin = at
            hasDoubledQuote = false
            state = .cellStart
            return nil
        case Byte.lineFeed:
            return endRecord(bytes, end: at, lineEnd: 1)
        default:
            if at + 1 == bytes.count, !isLast { return .needsMore }
            guard at + 1 < bytes.count, bytes[at + 1] == Byte.lineFeed else {
                throw Fault(offset: at, reason: .loneCarriageReturn)
            }
            return endRecord(bytes, end: at, lineEnd: 2)
        }
    }

    /// Ends the record where the file ends: the last line may lack its line end.
    mutating func endOfBytes(_ bytes: Span<UInt8>, isLast: Bool) -> Progress {
        isLast ? endRecord(bytes, end: bytes.count, lineEnd: 0) : .needsMore
    }

    private mutating func endRecord(_ bytes: Span<UInt8>, end: Int, lineEnd: Int) -> Progress {
        if lineEnd > 0 { lineFeeds += 1 }
        guard end > 0 else { return .emptyLine(length: lineEnd) }
        appendCell(bytes, end: end)
        return .record(length: end + lineEnd)
    }

    private mutating func appendCell(_ bytes: Span<UInt8>, end: Int) {
        guard state == .afterQuote else {
            cells.append(CellRange(begin: cellBegin, content: cellBegin..<end, isCopied: false))
            return
        }
        let content = cellBegin + 1..<closingQuote
        guard hasDoubledQuote else {
            cells.append(CellRange(begin: cellBegin, content: content, isCopied: false))
            return
        }
        let start = copies.count
        var index = content.lowerBound
        while index < content.upperBound {
            copies.append(bytes[index])
            index += bytes[index] == Byte.quote ? 2 : 1
        }
        cells.append(CellRange(begin: cellBegin, content: start..<copies.count, isCopied: true))
    }

    /// Passes over one character outside ASCII. False when more bytes are needed to tell what it is.
    func passCharacter(_ bytes: Span<UInt8>, at: inout Int, isLast: Bool) throws(Fault) -> Bool {
        switch UTF8Sequence.read(bytes, at: at) {
        case .valid(let length):
            at += length
            return true
        case .unfinished where !isLast:
            return false
        case .unfinished, .invalid:
            throw Fault(offset: at, reason: .invalidUTF8)
        }
    }

    /// Refuses a cell or record that has grown too long by `at`; of both, the limit that was crossed first.
    func checkLimits(at: Int) throws(Fault) {
        guard at - cellBegin > cellLimit || at > recordLimit else { return }
        guard cellBegin + cellLimit <= recordLimit else {
            throw Fault(offset: 0, reason: .recordTooLong(limit: recordLimit))
        }
        throw Fault(offset: cellBegin, reason: .cellTooLong(limit: cellLimit))
    }
}
