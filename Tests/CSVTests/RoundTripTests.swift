import CSV
import Testing

@Suite struct RoundTripTests {
    private static let pieces = [
        "\"", "\"\"", ",", "\r\n", "\n", "\r", "\t", " ", "'", "=", "+", "-", "@", "|", "＝", "＋", "－", "＠", "｜",
        "\u{FEFF}", "é", "e\u{301}", "😀", "👩‍👧", "漢字", "note", "1", ";", "\\", "\u{2028}",
    ]

    static func matrix(_ generator: inout SeededGenerator, columns: Int) -> [[String]] {
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in
            (0..<columns).map { _ in
                (0..<Int.random(in: 0...5, using: &generator)).map { _ in generator.pick(pieces) }.joined()
            }
        }
    }

    static func write(_ rows: [[String]], columns: [String], byteOrderMark: Bool = false) throws -> [UInt8] {
        try written(columns: columns, byteOrderMark: byteOrderMark) { writer in
            for row in rows {
                for cell in row { writer.text(cell) }
                try writer.endRecord()
            }
        }
    }

    private static func read(_ bytes: [UInt8], columns: [String], block: Int) throws -> [[String]] {
        var reader = CSVReader(bytes: bytes, name: "visits.csv", limits: .blocks(of: block))
        try reader.readHeader(columns: columns)
        var rows: [[String]] = []
        while try reader.next() { rows.append(columns.indices.map { reader.text($0) }) }
        return rows
    }

    /// Equal scalar by scalar: `==` of strings takes "é" and "e" with an accent for the same.
    private static func same(_ first: [[String]], _ second: [[String]]) -> Bool {
        first.map { $0.map { Array($0.utf8) } } == second.map { $0.map { Array($0.utf8) } }
    }

    @Test(arguments: [1, 2, 3, 7, 1_000])
    func `what is written is what is read, through blocks of any size`(_ block: Int) throws {
        let seed = UInt64(block)
        var generator = SeededGenerator(seed: seed)
        for round in 0..<1_500 {
            let columns = Array(["a", "b", "c", "d"].prefix(Int.random(in: 1...4, using: &generator)))
            let rows = Self.matrix(&generator, columns: columns.count)
            let bytes = try Self.write(rows, columns: columns, byteOrderMark: generator.chance(2))
            let back = try Self.read(bytes, columns: columns, block: block)
            guard Self.same(back, rows) else {
                Issue.record("seed \(seed) round \(round): \(rows) became \(back)")
                return
            }
            // What has been read is written again byte for byte: an export is stable.
            #expect(try Self.write(back, columns: columns) == Self.write(rows, columns: columns))
        }
    }

    @Test func `numbers and codes come back as they were`() throws {
        let bytes = try written(columns: ["n", "d", "c", "e"]) { writer in
            writer.int(-5)
            writer.decimalTenths(-3)
            writer.code("=x")
            writer.empty()
            try writer.endRecord()
        }
        #expect(Reading(bytes, columns: ["n", "d", "c", "e"]).rows == [["-5", "-0.3", "=x", ""]])
    }
}
