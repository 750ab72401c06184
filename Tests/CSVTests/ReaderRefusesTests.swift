import CSV
import Testing

@Suite struct ReaderRefusesTests {
    struct Bad: CustomTestStringConvertible, Sendable {
        var what: String
        var bytes: [UInt8]
        var line: Int
        var column: Int
        var reason: CSVError.Reason
        var testDescription: String { what }

        init(_ what: String, _ text: String, _ line: Int, _ column: Int, _ reason: CSVError.Reason) {
            self.init(what, Array(text.utf8), line, column, reason)
        }

        init(_ what: String, _ bytes: [UInt8], _ line: Int, _ column: Int, _ reason: CSVError.Reason) {
            self.what = what
            self.bytes = bytes
            self.line = line
            self.column = column
            self.reason = reason
        }
    }

    static let bad: [Bad] = [
        Bad("an unclosed quote", "a,b\n1,2\né,\"4\n5,6\n", 3, 3, .unclosedQuote),
        Bad("a quote that opens at the end of the file", "a,b\n1,\"", 2, 3, .unclosedQuote),
        Bad("a doubled quote that does not close", "a,b\n1,\"\"\"", 2, 3, .unclosedQuote),
        Bad("an unclosed quote behind a cell of two lines", "a,b\n\"1\n2\",\"3", 3, 4, .unclosedQuote),
        Bad("a quote inside an unquoted cell", "a,b\n1,2\"3\n", 2, 4, .quoteInUnquotedCell),
        Bad("a quote at the end of an unquoted cell", "a,b\n12\",3\n", 2, 3, .quoteInUnquotedCell),
        Bad("a quote behind a space", "a,b\n1, \"2\"\n", 2, 4, .quoteInUnquotedCell),
        Bad("a letter behind a closing quote", "a,b\n\"1\"x,2\n", 2, 4, .textAfterClosingQuote),
        Bad("a space behind a closing quote", "a,b\n\"1\" ,2\n", 2, 4, .textAfterClosingQuote),
        Bad("a quote escaped by a backslash", "a,b\n\"1\\\"2\",3\n", 2, 5, .textAfterClosingQuote),
        Bad("a carriage return alone", "a,b\n1\r2,3\n", 2, 2, .loneCarriageReturn),
        Bad("a carriage return behind a closing quote", "a,b\n\"1\"\r,3\n", 2, 4, .loneCarriageReturn),
        Bad("a carriage return at the end of the file", "a,b\n1,2\r", 2, 4, .loneCarriageReturn),
        Bad("two carriage returns", "a,b\n1,2\r\r\n", 2, 4, .loneCarriageReturn),
        Bad("an empty line of a carriage return", "a,b\n\r1,2\n", 2, 1, .loneCarriageReturn),
        Bad("line ends of an old Macintosh", "a,b\r1,2\r", 1, 4, .loneCarriageReturn),
        Bad("a cell too few", "a,b\n1,2\n3\n", 3, 1, .tooFewCells(found: 1, expected: 2)),
        Bad(
            "a cell too few behind a record of two lines",
            "a,b\n\"1\n\",2\n3\n",
            4,
            1,
            .tooFewCells(found: 1, expected: 2)
        ),
        Bad("a cell too many", "a,b\n1,é,3\n", 2, 5, .tooManyCells(expected: 2)),
        Bad("an empty cell too many", "a,b\n1,2,\n", 2, 5, .tooManyCells(expected: 2)),
        Bad("an empty cell too many at the end of the file", "a,b\n1,2,", 2, 5, .tooManyCells(expected: 2)),
        Bad("semicolons", "a;b\n1;2\n", 1, 1, .unknownColumn(missing: ["a", "b"])),
        Bad("an empty file", "", 1, 1, .emptyFile),
        Bad("a byte-order mark alone", "\u{FEFF}", 1, 1, .emptyFile),
        Bad("empty lines alone", "\r\n\n", 3, 1, .emptyFile),
        Bad("a NUL", "a,b\n1,2\u{0}\n", 2, 4, .nulByte),
        Bad("a quoted NUL", "a,b\n1,\"\u{0}\"\n", 2, 4, .nulByte),
        Bad("a quoted NUL in the header", "\"a\u{0}\",b\n", 1, 3, .nulByte),
    ]

    private static let sequences: [(what: String, bytes: [UInt8])] = [
        ("a byte of Latin-1", [0xE9]),
        ("a continuation alone", [0x80]),
        ("an overlong slash in two bytes", [0xC0, 0xAF]),
        ("an overlong slash in three bytes", [0xE0, 0x80, 0xAF]),
        ("the last overlong form of three bytes", [0xE0, 0x9F, 0xBF]),
        ("an overlong form of four bytes", [0xF0, 0x8F, 0xBF, 0xBF]),
        ("the first surrogate", [0xED, 0xA0, 0x80]),
        ("the last surrogate", [0xED, 0xBF, 0xBF]),
        ("above the last character", [0xF4, 0x90, 0x80, 0x80]),
        ("a lead byte that does not exist", [0xF5, 0x80, 0x80, 0x80]),
        ("a character cut short", [0xE2, 0x82]),
        ("a long character cut short", [0xF0, 0x9F, 0x98]),
        ("UTF-16 of Windows", [0xFF, 0xFE]),
    ]

    static let notUTF8: [Bad] = sequences.flatMap { what, bytes -> [Bad] in
        let start = Array("a,b\né,x".utf8)
        let quote = Array("a,b\né,\"".utf8)
        let inside: [UInt8] = start + bytes + Array("y\n".utf8)
        let quoted: [UInt8] = quote + bytes + Array("\"\n".utf8)
        return [
            Bad(what, inside, 2, 4, .invalidUTF8),
            Bad(what + " at the end of the file", start + bytes, 2, 4, .invalidUTF8),
            Bad(what + " in quotes", quoted, 2, 4, .invalidUTF8),
        ]
    }

    @Test(arguments: bad + notUTF8) func `a malformed file is refused where it is wrong`(_ bad: Bad) throws {
        let error = try #require(Reading(bad.bytes, columns: ["a", "b"]).error)
        #expect(error == CSVError(file: "visits.csv", line: bad.line, column: bad.column, reason: bad.reason))
    }

    @Test(
        arguments: [
            [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80],
            [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF],
        ] as [[UInt8]]
    )
    func `the first and last characters of each length are accepted`(_ bytes: [UInt8]) {
        let reading = Reading(Array("a\n".utf8) + bytes, columns: ["a"])
        #expect(reading.rows == [[String(decoding: bytes, as: UTF8.self)]])
        #expect(reading.error == nil)
    }

    @Test func `records before the error are given`() {
        let reading = Reading("a,b\n1,2\n3,4\n5\n", columns: ["a", "b"])
        #expect(reading.rows == [["1", "2"], ["3", "4"]])
        #expect(reading.error?.line == 4)
    }

    @Test func `after an error the same error comes again`() throws {
        var reader = CSVReader(bytes: Array("a,b\n1\n2,3\n".utf8), name: "visits.csv")
        try reader.readHeader(columns: ["a", "b"])
        let expected = CSVError(file: "visits.csv", line: 2, column: 1, reason: .tooFewCells(found: 1, expected: 2))
        #expect(throws: expected) { try reader.next() }
        #expect(throws: expected) { try reader.next() }
    }

    @Test func `after a refused header the same error comes again`() {
        var reader = CSVReader(bytes: Array("x\n1\n".utf8), name: "visits.csv")
        let expected = CSVError(file: "visits.csv", line: 1, column: 1, reason: .unknownColumn(missing: ["a"]))
        #expect(throws: expected) { try reader.readHeader(columns: ["a"]) }
        #expect(throws: expected) { try reader.next() }
    }
}
