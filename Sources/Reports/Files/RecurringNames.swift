internal import CSV

/// Names that come again in row after row, each made into a cell once.
struct RecurringNames: Sendable {
    private var cells: [Cell] = [.null]
    /// The cells as they stand in a CSV file, one after the other, and where each one is.
    private var bytes: [UInt8] = []
    private var written: [Written] = [Written([], from: 0)]

    /// A cell in the bytes, and its first ones in words, of each the lowest byte first: few names are longer, and words
    /// are put faster than bytes are copied.
    private struct Written {
        let start: Int
        let count: Int
        let words: (UInt64, UInt64, UInt64, UInt64)
        static let bytesInWords = 32

        init(_ cell: [UInt8], from start: Int) {
            func word(_ place: Int) -> UInt64 {
                cell.dropFirst(8 * place).prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
            }
            self.start = start
            count = cell.count
            words = (word(0), word(1), word(2), word(3))
        }
    }

    /// The place of what does not apply or is not known.
    static let none = 0

    /// - Returns: the place of the name.
    mutating func add(_ cell: Cell) -> Int {
        let new: [UInt8]
        switch cell {
        case .text(let text): new = CSVWriter.cell(text, isText: true)
        case .code(let code): new = CSVWriter.cell(code, isText: false)
        default: return Self.none
        }
        written.append(Written(new, from: bytes.count))
        bytes += new
        cells.append(cell)
        return cells.count - 1
    }

    func cell(_ place: Int) -> Cell { cells[place] }

    func write(_ place: Int, to writer: inout CSVWriter) {
        let cell = written[place]
        if cell.count <= Written.bytesInWords { return writer.words(cell.words, count: cell.count) }
        writer.written(bytes.span.extracting(cell.start..<cell.start + cell.count))
    }
}

/// The places of names by the key of their record: a table of a few hundred, asked eight times for each row.
struct PlaceTable: Sendable {
    /// A power of two of slots, at most half of them taken, by the key's own bits; a key whose slot is taken stands in
    /// the next free one.
    private var slots: [(key: Int64, place: Int)] = Array(repeating: (0, free), count: 64)
    private var count = 0
    private static let free = -1

    /// - Parameter make: finds the place of a key that is asked for the first time.
    mutating func place(_ key: Int64, _ make: () -> Int) -> Int {
        var slot = Self.slot(of: key, among: slots.count)
        while slots[slot].place != Self.free {
            if slots[slot].key == key { return slots[slot].place }
            slot = (slot + 1) & (slots.count - 1)
        }
        let place = make()
        if 2 * (count + 1) > slots.count { grow() }
        put(key, place)
        return place
    }

    private mutating func put(_ key: Int64, _ place: Int) {
        var slot = Self.slot(of: key, among: slots.count)
        while slots[slot].place != Self.free { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = (key, place)
        count += 1
    }

    private mutating func grow() {
        let taken = slots.filter { $0.place != Self.free }
        slots = Array(repeating: (0, Self.free), count: 2 * slots.count)
        count = 0
        for (key, place) in taken { put(key, place) }
    }

    /// The uppermost bits of a product lie far apart, for keys that follow each other too (Fibonacci hashing).
    private static func slot(of key: Int64, among count: Int) -> Int {
        let mixed = UInt64(bitPattern: key) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed &>> UInt64(UInt64.bitWidth - count.trailingZeroBitCount))
    }
}
