import CSV
import Testing

@Suite struct WriterTests {
    private static func cell(_ body: (inout CSVWriter) -> Void) throws -> String {
        let bytes = try written(columns: ["h"]) { writer in
            body(&writer)
            try writer.endRecord()
        }
        let text = String(decoding: bytes, as: UTF8.self)
        try #require(text.unicodeScalars.starts(with: "h\r\n".unicodeScalars))
        return String(text.unicodeScalars.dropFirst(3).dropLast(2))
    }

    @Test(arguments: [
        ("plain", "plain"), ("é 😀", "é 😀"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("\"", "\"\"\"\""),
        ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""), ("a\rb", "\"a\rb\""), (" a", "\" a\""), ("a ", "\"a \""),
        ("a b", "a b"), ("a\t", "\"a\t\""), ("", "\"\""), ("=1", "'=1"), ("=1,2", "\"'=1,2\""), ("\tx", "\"'\tx\""),
        ("'tis", "'tis"), ("'=1", "''=1"), ("-5", "'-5"),
    ])
    func `a text is quoted when it must be and guarded when it must be`(_ text: String, _ expected: String) throws {
        #expect(try Self.cell { $0.text(text) } == expected)
    }

    @Test(arguments: [
        ("-5", "-5"), ("+1", "+1"), ("a,b", "\"a,b\""), ("2022-03-04T14:05:00-05:00", "2022-03-04T14:05:00-05:00"),
    ])
    func `a code is quoted when it must be and never guarded`(_ text: String, _ expected: String) throws {
        #expect(try Self.cell { $0.code(text) } == expected)
    }

    @Test(arguments: [
        (0, "0"), (7, "7"), (-7, "-7"), (1_234_567_890, "1234567890"), (Int.max, "9223372036854775807"),
        (Int.min, "-9223372036854775808"),
    ])
    func `a whole number is written in full`(_ value: Int, _ expected: String) throws {
        #expect(try Self.cell { $0.int(value) } == expected)
    }

    @Test(arguments: [
        (0, "0.0"), (9, "0.9"), (10, "1.0"), (123, "12.3"), (-1, "-0.1"), (-9, "-0.9"), (-10, "-1.0"),
        (-123, "-12.3"), (Int.min, "-922337203685477580.8"), (Int.max, "922337203685477580.7"),
    ])
    func `tenths are written with one decimal`(_ value: Int, _ expected: String) throws {
        #expect(try Self.cell { $0.decimalTenths(value) } == expected)
    }

    @Test(arguments: [
        (2026, 42, "2026-00042"), (2026, 123_456, "2026-123456"), (7, 0, "7-00000"), (-7, -42, "7-00042"),
        (Int.min, Int.max, "9223372036854775808-9223372036854775807"),
    ])
    func `two numbers stand with a hyphen between, the second with zeros in front`(
        _ first: Int,
        _ second: Int,
        _ expected: String
    ) throws {
        #expect(try Self.cell { $0.numbers(first, second, digits: 5) } == expected)
    }

    @Test(arguments: [1, 7, 8, 9, 16, 25, 31, 32])
    func `of four words as many bytes are written as are wanted`(_ count: Int) throws {
        let letters = Array("abcdefghijklmnopqrstuvwxyz012345".utf8)
        func word(_ place: Int) -> UInt64 {
            letters[8 * place..<8 * place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        let expected = String(decoding: letters[..<count], as: UTF8.self)
        #expect(try Self.cell { $0.words((word(0), word(1), word(2), word(3)), count: count) } == expected)
    }

    @Test func `short cells find room however many there are, and whatever was expected`() throws {
        let columns = (0..<40).map { "c\($0)" }
        var writer = CSVWriter(to: .memory, columns: columns, writesHeader: false, waiting: 4)
        let shown = ["aaaaaaaaaaaaaaaa", "9223372036854775807-09223372036854775808", "-9223372036854775808", ""]
        var expected = ""
        for row in 0..<2000 {
            for column in columns.indices {
                switch (row + column) % 4 {
                case 0: writer.words((0x6161_6161_6161_6161, 0x6161_6161_6161_6161, 0, 0), count: 16)
                case 1: writer.numbers(.max, .min, digits: 20)
                case 2: writer.int(.min)
                default: writer.empty()
                }
            }
            try writer.endRecord()
            let cells = columns.indices.map { shown[(row + $0) % 4] }
            expected += cells.joined(separator: ",") + "\r\n"
        }
        #expect(writer.waiting == expected.utf8.count)
        #expect(String(decoding: writer.takeRecords().array, as: UTF8.self) == expected)
        #expect(writer.waiting == 0 && writer.takeBytes().isEmpty)
    }

    @Test func `records that another writer has written are added as they are`() throws {
        var other = CSVWriter(to: .memory, columns: ["a"], writesHeader: false)
        other.int(5)
        try other.endRecord()
        let records = other.takeRecords()
        #expect(records.count == 3)
        let bytes = written(columns: ["a"]) { writer in
            writer.int(1)
            try? writer.endRecord()
            try? writer.append(records)
            writer.int(2)
            try? writer.endRecord()
        }
        #expect(String(decoding: bytes, as: UTF8.self) == "a\r\n1\r\n5\r\n2\r\n")
    }

    @Test func `cells are divided by commas and records by CRLF`() throws {
        let bytes = try written(columns: ["a", "b", "c"]) { writer in
            writer.int(1)
            writer.empty()
            writer.text("x")
            try writer.endRecord()
            writer.empty()
            writer.empty()
            writer.empty()
            try writer.endRecord()
        }
        #expect(String(decoding: bytes, as: UTF8.self) == "a,b,c\r\n1,,x\r\n,,\r\n")
    }

    @Test func `the byte-order mark is written once, before the header, when asked for`() throws {
        let bytes = written(columns: ["a", "b"], byteOrderMark: true) { _ in }
        #expect(bytes == [0xEF, 0xBB, 0xBF] + Array("a,b\r\n".utf8))
        #expect(written(columns: ["a", "b"]) { _ in } == Array("a,b\r\n".utf8))
    }

    @Test func `parts made by several writers join into one file`() throws {
        var head = CSVWriter(to: .memory, columns: ["a"])
        var tail = CSVWriter(to: .memory, columns: ["a"], writesHeader: false)
        head.empty()
        try head.endRecord()
        tail.empty()
        try tail.endRecord()
        #expect(head.takeBytes() + tail.takeBytes() == Array("a\r\n\"\"\r\n\"\"\r\n".utf8))
        #expect(head.takeBytes().isEmpty)
        head.empty()
        try head.endRecord()
        #expect(head.takeBytes() == Array("\"\"\r\n".utf8))
    }

    @Test func `the empty cell of a file of one column is seen even without a header`() throws {
        var writer = CSVWriter(to: .memory, columns: ["a"], writesHeader: false, byteOrderMark: true)
        writer.empty()
        try writer.endRecord()
        #expect(writer.takeBytes() == [0xEF, 0xBB, 0xBF] + Array("\"\"\r\n".utf8))
    }

    @Test func `a record with a cell too few stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var writer = CSVWriter(to: .memory, columns: ["a", "b"])
            writer.int(1)
            try writer.endRecord()
        }
    }

    @Test func `a record with a cell too many stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var writer = CSVWriter(to: .memory, columns: ["a"])
            writer.int(1)
            writer.int(2)
            try writer.endRecord()
        }
    }
}
