import Reports
import CSV
import CivilTime
import Testing

@testable import followup

struct OutputCSVTests {
    private func written(
        _ columns: [Column],
        _ rows: [[Cell]],
        byteOrderMark: Bool = false
    ) throws -> String {
        try OutputFixture.written { descriptor in
            let sink = OutputSink(descriptor: descriptor)
            try Listing(columns: columns, rows: rows).write(
                as: .csv,
                to: sink,
                presentation: .plain(zone: OutputFixture.newYork.get()),
                console: Console(quiet: true),
                whenEmpty: "nothing",
                byteOrderMark: byteOrderMark
            )
            try sink.finish()
        }
    }

    @Test func `only what a person wrote is guarded against formulas`() throws {
        let columns = ["a", "b", "c", "d", "e", "f", "g", "h"].map { Column($0, "Heading") }
        let row: [Cell] = [
            .text("=1+1"), .code("-code"), .int(-7), .tenths(-5), .instant(OutputFixture.afternoon),
            .date(CivilDate(dayNumber: 0)), .bool(true), .null,
        ]
        let second: [Cell] = [
            .text("say \"hi\",\r\nthen go"), .code("a,b"), .int(0), .tenths(0), .null, .null, .bool(false), .null,
        ]
        let expected =
            "a,b,c,d,e,f,g,h\r\n'=1+1,-code,-7,-0.5,2026-11-20T14:05:00-05:00,1970-01-01,yes,\r\n"
            + "\"say \"\"hi\"\",\r\nthen go\",\"a,b\",0,0.0,,,no,\r\n"
        #expect(try written(columns, [row, second]) == expected)
    }

    @Test func `an empty list is its header`() throws {
        #expect(try written([Column("a", "A"), Column("b", "B")], []) == "a,b\r\n")
    }

    @Test func `a byte-order mark is written only when asked for`() throws {
        // Scalars, because Swift takes the mark and the letter after it for one character.
        let marked = try written([Column("a", "A")], [[.int(1)]], byteOrderMark: true)
        #expect(Array(marked.unicodeScalars) == Array("\u{FEFF}a\r\n1\r\n".unicodeScalars))
    }

    @Test func `a list larger than every buffer arrives whole`() throws {
        let note = String(repeating: "x", count: 999)
        let text = try written([Column("a", "A")], Array(repeating: [.text(note)], count: 2_000))
        #expect(text.utf8.count == 3 + 2_000 * 1_001)
    }

    @Test func `what was written before the list stays before it`() throws {
        let text = try OutputFixture.written { descriptor in
            let sink = OutputSink(descriptor: descriptor)
            try sink.write("before\r\n")
            let presentation = Presentation.plain(zone: try OutputFixture.newYork.get())
            let writer = try ListingWriter([Column("a", "A")], as: .csv, to: sink, presentation: presentation)
            try writer.append([.int(1)])
            try writer.end(console: Console(quiet: true), whenEmpty: "")
            try sink.write("after\r\n")
            try sink.finish()
        }
        #expect(text == "before\r\na\r\n1\r\nafter\r\n")
    }
}
