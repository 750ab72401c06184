internal import CSV

/// Names that come again in row after row, each made into a cell once.
struct RecurringNames: Sendable {
    private var cells: [Cell] = [.null]
    /// The cells as they stand in a CSV file, one after the other, and where each one ends.
    private var bytes: [UInt8] = []
    private var ends: [Int] = [0]

    /// The place of what does not apply or is not known.
    static let none = 0

    /// - Returns: the place of the name.
    mutating func add(_ cell: Cell) -> Int {
        switch cell {
        case .text(let text): bytes += CSVWriter.cell(text, isText: true)
        case .code(let code): bytes += CSVWriter.cell(code, isText: false)
        default: return Self.none
        }
        cells.append(cell)
        ends.append(bytes.count)
        return cells.count - 1
    }

    func cell(_ place: Int) -> Cell { cells[place] }

    func write(_ place: Int, to writer: inout CSVWriter) {
        let start = place == Self.none ? 0 : ends[place - 1]
        writer.written(bytes.span.extracting(start..<ends[place]))
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

    /// The upper bits of a product are as good as random, whatever the keys have in common (Fibonacci hashing).
    private static func slot(of key: Int64, among count: Int) -> Int {
        let mixed = UInt64(bitPattern: key) &* 0x9E37_79B9_7F4A_7C15
        return Int(mixed >> 32) & (count - 1)
    }
}
