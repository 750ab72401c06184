import CSV
import Testing

@Suite struct ReaderAcceptsTests {
    struct Good: CustomTestStringConvertible, Sendable {
        var what: String
        var text: String
        var rows: [[String]]
        var lines: [Int]
        var testDescription: String { what }

        init(_ what: String, _ text: String, _ rows: [[String]], lines: [Int]) {
            self.what = what
            self.text = text
            self.rows = rows
            self.lines = lines
        }
    }

    static let good: [Good] = [
        Good("CRLF", "a,b\r\n1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]], lines: [2, 3]),
        Good("LF", "a,b\n1,2\n3,4\n", [["1", "2"], ["3", "4"]], lines: [2, 3]),
        Good(
            "mixed line ends",
            "a,b\r\n1,2\n3,4\r\n5,6\n",
            [["1", "2"], ["3", "4"], ["5", "6"]],
            lines: [2, 3, 4]
        ),
        Good("no line end at the end", "a,b\n1,2", [["1", "2"]], lines: [2]),
        Good("an empty last cell at the end of the file", "a,b\n1,", [["1", ""]], lines: [2]),
        Good("a quoted empty last cell at the end of the file", "a,b\n1,\"\"", [["1", ""]], lines: [2]),
        Good("empty cells", "a,b\n,\n", [["", ""]], lines: [2]),
        Good("header only", "a,b\n", [], lines: []),
        Good("header only, no line end", "a,b", [], lines: []),
        Good("a byte-order mark", "\u{FEFF}a,b\n1,2\n", [["1", "2"]], lines: [2]),
        Good("a byte-order mark and a quoted header", "\u{FEFF}\"a\",\"b\"\n1,2\n", [["1", "2"]], lines: [2]),
        Good("a later byte-order mark is text", "a,b\n\u{FEFF}1,2\n", [["\u{FEFF}1", "2"]], lines: [2]),
        Good("columns in another order", "b,a\n1,2\n", [["2", "1"]], lines: [2]),
        Good("quoted cells", "a,b\n\"1\",\"2,3\"\n", [["1", "2,3"]], lines: [2]),
        Good("doubled quotes", "a,b\n\"\"\"1\"\"\",\"2\"\"3\"\n", [["\"1\"", "2\"3"]], lines: [2]),
        Good("only doubled quotes", "a,b\n\"\"\"\",\"\"\"\"\"\"\n", [["\"", "\"\""]], lines: [2]),
        Good(
            "quoted line ends, kept byte for byte",
            "a,b\n\"1\r\n2\n3\r4\",x\ny,z\n",
            [["1\r\n2\n3\r4", "x"], ["y", "z"]],
            lines: [2, 5]
        ),
        Good(
            "empty lines are skipped",
            "\r\n\na,b\n\n1,2\r\n\r\n\n3,4\n\n",
            [["1", "2"], ["3", "4"]],
            lines: [5, 8]
        ),
        Good("spaces are kept", "a,b\n 1 , 2\t\n", [[" 1 ", " 2\t"]], lines: [2]),
        Good("a line of a space is a cell", "a,b\n ,\n", [[" ", ""]], lines: [2]),
        Good("a combining accent behind a comma", "a,b\n1,\u{301}2\n", [["1", "\u{301}2"]], lines: [2]),
        Good("every length of UTF-8", "a,b\né€,😀\u{10FFFF}\n", [["é€", "😀\u{10FFFF}"]], lines: [2]),
        Good(
            "other line separators are text",
            "a,b\n1\u{2028}\u{85}\u{0B},2\n",
            [["1\u{2028}\u{85}\u{0B}", "2"]],
            lines: [2]
        ),
    ]

    @Test(arguments: good) func `a well-formed file gives its rows and their lines`(_ good: Good) {
        let reading = Reading(good.text, columns: ["a", "b"])
        #expect(reading.error == nil)
        #expect(reading.rows == good.rows)
        #expect(reading.records.map(\.line) == good.lines)
    }

    @Test func `in a file of one column an empty line is skipped and an empty cell is two quotes`() {
        let reading = Reading("a\n\n\"\"\n1\n", columns: ["a"])
        #expect(reading.records == [.init(line: 3, cells: [""]), .init(line: 4, cells: ["1"])])
        #expect(reading.error == nil)
    }

    @Test func `a cell knows where it stands`() throws {
        var reader = CSVReader(bytes: Array("\u{FEFF}b,a\né€,\"x\ny\"\n\"1\n2\",3\n".utf8), name: "visits.csv")
        try reader.readHeader(columns: ["a", "b"])
        #expect(try reader.next())
        #expect(reader.location(of: 0) == CSVLocation(file: "visits.csv", line: 2, column: 4, header: "a"))
        #expect(reader.location(of: 1) == CSVLocation(file: "visits.csv", line: 2, column: 1, header: "b"))
        #expect(try reader.next())
        #expect(reader.location(of: 0) == CSVLocation(file: "visits.csv", line: 5, column: 4, header: "a"))
        #expect(reader.location(of: 1) == CSVLocation(file: "visits.csv", line: 4, column: 1, header: "b"))
        #expect("\(reader.location(of: 0))" == "visits.csv line 5 column 4 (a)")
    }

    @Test func `text loses exactly one guard, code loses nothing`() throws {
        var reader = CSVReader(bytes: Array("a,b,c,d\n'=1,''=1,'tis,=1\n".utf8), name: "visits.csv")
        try reader.readHeader(columns: ["a", "b", "c", "d"])
        #expect(try reader.next())
        #expect((0..<4).map { reader.text($0) } == ["=1", "'=1", "'tis", "=1"])
        #expect((0..<4).map { reader.code($0) } == ["'=1", "''=1", "'tis", "=1"])
    }

    @Test func `bytes of a cell come without quotes, and empty cells are known`() throws {
        var reader = CSVReader(bytes: Array("a,b,c\n\"x\"\"y\",\"\",\n".utf8), name: "visits.csv")
        try reader.readHeader(columns: ["a", "b", "c"])
        #expect(try reader.next())
        let bytes = reader.withCell(0) { bytes in bytes.indices.map { bytes[$0] } }
        #expect(bytes == Array("x\"y".utf8))
        #expect((0..<3).map { reader.isEmpty($0) } == [false, true, true])
    }

    @Test func `at the end it stays at the end`() throws {
        var reader = CSVReader(bytes: Array("a\n1\n".utf8), name: "visits.csv")
        try reader.readHeader(columns: ["a"])
        #expect(try reader.next())
        #expect(try !reader.next())
        #expect(try !reader.next())
    }

    @Test func `progress goes from nothing to the whole file`() throws {
        let text = "a\n" + String(repeating: "12345678\n", count: 1_000)
        var reader = CSVReader(bytes: Array(text.utf8), name: "visits.csv", limits: .blocks(of: 100))
        #expect(reader.totalBytes == 9_002)
        #expect(reader.bytesRead == 0)
        try reader.readHeader(columns: ["a"])
        #expect(reader.bytesRead == 100)
        var last = 0
        while try reader.next() {
            #expect(reader.bytesRead >= last)
            last = reader.bytesRead
        }
        #expect(reader.bytesRead == 9_002)
    }
}
