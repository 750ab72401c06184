import CSV

/// The same grammar, written a second time in the plainest way: the whole file as characters, one after the other.
///
/// It shares nothing with the reader but the names of the errors; the standard library decides what is UTF-8.
struct NaiveReader {
    private struct Character {
        /// Nil for bytes that are not UTF-8.
        var scalar: Unicode.Scalar?
        var offset: Int
        var line: Int
        var column: Int
    }

    private struct Refusal: Error {
        var index: Int
        var reason: CSVError.Reason
    }

    private var characters: [Character] = []
    private var index = 0
    private var rowStart = 0
    private var cellStart = 0
    private var mostCells: Int
    private var surplus: CSVError.Reason
    private let limits: CSVLimits

    static func read(_ bytes: [UInt8], columns: [String], limits: CSVLimits = .standard) -> Reading {
        var reader = NaiveReader(bytes, limits: limits)
        var records: [Reading.Record] = []
        do throws(Refusal) {
            guard let header = try reader.row() else { throw Refusal(index: reader.index, reason: .emptyFile) }
            try reader.check(header, columns)
            reader.mostCells = columns.count
            reader.surplus = .tooManyCells(expected: columns.count)
            while let row = try reader.row() {
                guard row.count == columns.count else {
                    throw Refusal(
                        index: reader.rowStart,
                        reason: .tooFewCells(found: row.count, expected: columns.count)
                    )
                }
                let cells = columns.map { name in row[header.firstIndex { $0.text == name } ?? 0].text }
                records.append(Reading.Record(line: reader.characters[reader.rowStart].line, cells: cells))
            }
            return Reading(records: records, error: nil)
        } catch {
            let place = reader.characters[error.index]
            let refusal = CSVError(file: "visits.csv", line: place.line, column: place.column, reason: error.reason)
            return Reading(records: records, error: refusal)
        }
    }

    private init(_ bytes: [UInt8], limits: CSVLimits) {
        self.limits = limits
        mostCells = limits.columns
        surplus = .tooManyColumns(limit: limits.columns)
        var bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        var place = Character(scalar: nil, offset: 0, line: 1, column: 1)
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        decoding: while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded):
                place.scalar = Unicode.UTF8.decode(encoded)
                characters.append(place)
                place.offset += encoded.count
                place.column += 1
                if place.scalar == "\n" {
                    place.line += 1
                    place.column = 1
                }
            case .error(let length):
                place.scalar = nil
                characters.append(place)
                place.offset += length
                place.column += 1
            case .emptyInput:
                break decoding
            }
        }
        // The end of the file, which an error may point at.
        characters.append(place)
    }

    private var isAtEnd: Bool { index == characters.count - 1 }

    private func at(_ position: Int) -> Unicode.Scalar? {
        position < characters.count - 1 ? characters[position].scalar : nil
    }

    private func checkLimits() throws(Refusal) {
        let here = characters[index].offset
        let row = characters[rowStart].offset
        let cell = characters[cellStart].offset
        let cellEnds = cell + limits.cellBytes
        let rowEnds = row + limits.recordBytes
        if here > min(cellEnds, rowEnds) {
            throw cellEnds <= rowEnds
                ? Refusal(index: cellStart, reason: .cellTooLong(limit: limits.cellBytes))
                : Refusal(index: rowStart, reason: .recordTooLong(limit: limits.recordBytes))
        }
    }

    private mutating func row() throws(Refusal) -> [(text: String, index: Int)]? {
        while at(index) == "\n" || (at(index) == "\r" && at(index + 1) == "\n") {
            index += at(index) == "\n" ? 1 : 2
        }
        rowStart = index
        cellStart = index
        if isAtEnd { return nil }
        var cells: [(text: String, index: Int)] = []
        while true {
            cellStart = index
            let text = at(index) == "\"" ? try quoted() : try unquoted()
            cells.append((text, cellStart))
            if isAtEnd { return cells }
            switch at(index) {
            case "\n":
                index += 1
                return cells
            case "\r":
                guard at(index + 1) == "\n" else { throw Refusal(index: index, reason: .loneCarriageReturn) }
                index += 2
                return cells
            default:
                index += 1
                if cells.count == mostCells { throw Refusal(index: index, reason: surplus) }
            }
        }
    }

    private mutating func unquoted() throws(Refusal) -> String {
        var text = String.UnicodeScalarView()
        while true {
            try checkLimits()
            if isAtEnd || at(index) == "," || at(index) == "\n" || at(index) == "\r" { return String(text) }
            guard let scalar = at(index) else { throw Refusal(index: index, reason: .invalidUTF8) }
            if scalar == "\"" { throw Refusal(index: index, reason: .quoteInUnquotedCell) }
            if scalar == "\0" { throw Refusal(index: index, reason: .nulByte) }
            text.append(scalar)
            index += 1
        }
    }

    private mutating func quoted() throws(Refusal) -> String {
        var text = String.UnicodeScalarView()
        index += 1
        while true {
            try checkLimits()
            if isAtEnd { throw Refusal(index: cellStart, reason: .unclosedQuote) }
            guard let scalar = at(index) else { throw Refusal(index: index, reason: .invalidUTF8) }
            if scalar == "\0" { throw Refusal(index: index, reason: .nulByte) }
            index += 1
            if scalar == "\"" {
                try checkLimits()
                if at(index) != "\"" { break }
                index += 1
            }
            text.append(scalar)
        }
        if isAtEnd || at(index) == "," || at(index) == "\n" || at(index) == "\r" { return String(text) }
        throw Refusal(index: index, reason: .textAfterClosingQuote)
    }

    private func check(_ header: [(text: String, index: Int)], _ columns: [String]) throws(Refusal) {
        var seen: Set<String> = []
        var unknown: Int?
        for (text, index) in header {
            if !columns.contains(text) {
                unknown = unknown ?? index
            } else if !seen.insert(text).inserted {
                throw Refusal(index: index, reason: .repeatedColumn(text))
            }
        }
        let missing = columns.filter { !seen.contains($0) }
        if let unknown { throw Refusal(index: unknown, reason: .unknownColumn(missing: missing)) }
        if !missing.isEmpty { throw Refusal(index: rowStart, reason: .missingColumns(missing)) }
    }
}
