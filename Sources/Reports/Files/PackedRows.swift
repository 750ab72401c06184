internal import CivilTime

/// Rows that wait until all are there, and then go out in the order of their own words.
///
/// Each takes a few dozen bytes instead of several hundred: a million rows of a summary some 100 MB.
struct PackedRows {
    /// Each cell's words, and its tag behind them, by which the cell ends.
    private var blocks: [[UInt8]] = []
    private var places: [Place] = []

    private struct Place {
        var block: UInt32
        var start: UInt32
        var end: UInt32
    }

    /// Arbitrary: blocks that are full are never copied to make room.
    private static let blockSize = 1 << 20

    var count: Int { places.count }

    mutating func append(_ cells: [Cell]) {
        var row: [UInt8] = []
        for cell in cells {
            row += cell.words.utf8
            row.append(cell.tag.rawValue)
        }
        let hasRoom = blocks.last.map { $0.count + row.count <= Self.blockSize } ?? false
        if !hasRoom {
            blocks.append([])
            blocks[blocks.count - 1].reserveCapacity(max(Self.blockSize, row.count))
        }
        let start = blocks[blocks.count - 1].count
        blocks[blocks.count - 1] += row
        places.append(Place(block: UInt32(blocks.count - 1), start: UInt32(start), end: UInt32(start + row.count)))
    }

    /// All rows, in an order that depends on nothing but what they show.
    mutating func forEachInOrder(_ body: ([Cell]) throws -> Void) rethrows {
        let blocks = blocks
        func bytes(_ place: Place) -> ArraySlice<UInt8> {
            blocks[Int(place.block)][Int(place.start)..<Int(place.end)]
        }
        places.sort { bytes($0).lexicographicallyPrecedes(bytes($1)) }
        for place in places { try body(Self.cells(in: bytes(place))) }
    }

    private static func cells(in row: ArraySlice<UInt8>) -> [Cell] {
        var cells: [Cell] = []
        var start = row.startIndex
        for index in row.indices {
            guard let tag = CellTag(rawValue: row[index]) else { continue }
            cells.append(Cell(tag, String(decoding: row[start..<index], as: UTF8.self)))
            start = index + 1
        }
        return cells
    }
}

/// What a cell is, as a byte that no text has: UTF-8 ends at 0xF4.
private enum CellTag: UInt8 {
    case text = 0xF8
    case code
    case int
    case tenths
    case instant
    case date
    case bool
    case null
}

extension Cell {
    fileprivate var tag: CellTag {
        switch self {
        case .text: .text
        case .code: .code
        case .int: .int
        case .tenths: .tenths
        case .instant: .instant
        case .date: .date
        case .bool: .bool
        case .null: .null
        }
    }

    fileprivate var words: String {
        switch self {
        case .text(let text), .code(let text): text
        case .int(let number), .tenths(let number): String(number)
        case .instant(let instant): String(instant.seconds)
        case .date(let date): String(date.dayNumber)
        case .bool(let flag): flag ? "yes" : "no"
        case .null: ""
        }
    }

    /// The cell again; what was packed above has words that fit its tag.
    fileprivate init(_ tag: CellTag, _ words: String) {
        let number = Int(words) ?? 0
        self =
            switch tag {
            case .text: .text(words)
            case .code: .code(words)
            case .int: .int(number)
            case .tenths: .tenths(number)
            case .instant: .instant(Instant(seconds: Int64(number)))
            case .date: .date(CivilDate(dayNumber: number))
            case .bool: .bool(words == "yes")
            case .null: .null
            }
    }
}
