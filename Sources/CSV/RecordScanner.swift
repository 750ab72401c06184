/// One cell of the current record, by offsets from where the record begins.
struct CellRange {
    /// Where the cell begins in the file: at its opening quote if it has one.
    var begin: Int
    /// The content, without the quotes around it.
    var content: Range<Int>
    /// The content has doubled quotes: `content` counts in the scanner's own copy, where they stand once.
    var isCopied: Bool
}

/// Finds the cells of one record, byte by byte, and can be stopped and resumed at any byte.
///
/// It is given the bytes of the record that have been read so far, from the record's first byte on;
/// when they do not suffice it asks for more and goes on where it was, so that no byte is looked at twice.
struct RecordScanner: ~Copyable {
    enum Progress {
        /// A record is complete; it takes `length` bytes with its line end.
        case record(length: Int)
        /// A line without a byte.
        case emptyLine(length: Int)
        case needsMore
        case endOfFile
    }

    /// What is wrong, and how many bytes into the record.
    struct Fault: Error {
        var offset: Int
        var reason: CSVError.Reason
    }

    enum State {
        case cellStart, unquoted, quoted, afterQuote
    }

    /// A record with more cells is refused at the first one too many.
    var mostCells: Int
    var surplusReason: CSVError.Reason

    var cells: [CellRange] = []
    /// Cells with doubled quotes, with each of those once.
    var copies: [UInt8] = []
    /// Line feeds of the record, its own line end included.
    var lineFeeds = 0

    let cellLimit: Int
    let recordLimit: Int
    var state = State.cellStart
    var position = 0
    var cellBegin = 0
    var closingQuote = 0
    var hasDoubledQuote = false

    init(limits: CSVLimits) {
        cellLimit = limits.cellBytes
        recordLimit = limits.recordBytes
        mostCells = limits.columns
        surplusReason = .tooManyColumns(limit: limits.columns)
    }

    /// Forgets the record: the next bytes given begin a new one.
    mutating func startRecord() {
        cells.removeAll(keepingCapacity: true)
        copies.removeAll(keepingCapacity: true)
        lineFeeds = 0
        state = .cellStart
        position = 0
        cellBegin = 0
        hasDoubledQuote = false
    }

    /// Goes on until the record is complete or `range` is used up; `isLast` says that no more will come.
    mutating func scan(_ buffer: [UInt8], in range: Range<Int>, isLast: Bool) throws(Fault) -> Progress {
        let bytes = buffer.span.extracting(range)
        while true {
            let progress: Progress?
            switch state {
            case .cellStart: progress = startCell(bytes, isLast: isLast)
            case .unquoted: progress = try scanUnquoted(bytes, isLast: isLast)
            case .quoted: progress = try scanQuoted(bytes, isLast: isLast)
            case .afterQuote: progress = try scanAfterQuote(bytes, isLast: isLast)
            }
            if let progress { return progress }
        }
    }

    private mutating func startCell(_ bytes: Span<UInt8>, isLast: Bool) -> Progress? {
        guard position < bytes.count else {
            if !isLast { return .needsMore }
            if position == 0 { return .endOfFile }
            // The file ends behind a comma: one more cell, an empty one.
            state = .unquoted
            return nil
        }
        if bytes[position] == Byte.quote {
            state = .quoted
            position += 1
        } else {
            state = .unquoted
        }
        return nil
    }

    /// Goes to the end of a cell without quotes.
    private mutating func scanUnquoted(_ bytes: Span<UInt8>, isLast: Bool) throws(Fault) -> Progress? {
        var at = position
        defer { position = at }
        while true {
            while at < bytes.count, Byte.isPlain(bytes[at]) { at += 1 }
            try checkLimits(at: at)
            guard at < bytes.count else { return endOfBytes(bytes, isLast: isLast) }
            switch bytes[at] {
            case Byte.comma, Byte.lineFeed, Byte.carriageReturn:
                return try endCell(bytes, at: &at, isLast: isLast)
            case Byte.quote:
                throw Fault(offset: at, reason: .quoteInUnquotedCell)
            case 0:
                throw Fault(offset: at, reason: .nulByte)
            case 0x80...:
                guard try passCharacter(bytes, at: &at, isLast: isLast) else { return .needsMore }
            default:
                at += 1
            }
        }
    }

    /// Goes to the quote that may close the cell.
    private mutating func scanQuoted(_ bytes: Span<UInt8>, isLast: Bool) throws(Fault) -> Progress? {
        var at = position
        defer { position = at }
        while true {
            while at < bytes.count, Byte.isPlain(bytes[at]) { at += 1 }
            try checkLimits(at: at)
            guard at < bytes.count else {
                guard isLast else { return .needsMore }
                throw Fault(offset: cellBegin, reason: .unclosedQuote)
            }
            switch bytes[at] {
            case Byte.quote:
                closingQuote = at
                at += 1
                state = .afterQuote
                return nil
            case Byte.lineFeed:
                lineFeeds += 1
                at += 1
            case 0:
                throw Fault(offset: at, reason: .nulByte)
            case 0x80...:
                guard try passCharacter(bytes, at: &at, isLast: isLast) else { return .needsMore }
            default:
                at += 1
            }
        }
    }

    /// Decides whether the quote closed the cell or is the first of a doubled one.
    private mutating func scanAfterQuote(_ bytes: Span<UInt8>, isLast: Bool) throws(Fault) -> Progress? {
        var at = position
        defer { position = at }
        try checkLimits(at: at)
        guard at < bytes.count else { return endOfBytes(bytes, isLast: isLast) }
        switch bytes[at] {
        case Byte.quote:
            hasDoubledQuote = true
            at += 1
            state = .quoted
            return nil
        case Byte.comma, Byte.lineFeed, Byte.carriageReturn:
            return try endCell(bytes, at: &at, isLast: isLast)
        default:
            throw Fault(offset: at, reason: .textAfterClosingQuote)
        }
    }
}
