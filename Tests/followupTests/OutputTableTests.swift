import Reports
import CivilTime
import Testing

@testable import followup

struct OutputTableTests {
    private static let columns = [
        Column("case_number", "Case"),
        Column("client", "Client"),
        Column("due_at", "Due"),
        Column("attempts", "Attempts", .trailing),
    ]

    private func render(
        _ listing: Listing,
        width: Int? = nil,
        ascii: Bool = false,
        style: Style = .plain
    ) throws -> String {
        let zone = try OutputFixture.newYork.get()
        return TableText(presentation: Presentation(zone: zone, width: width, ascii: ascii, style: style))
            .render(listing)
    }

    private func rows(_ clients: [String]) -> Listing {
        Listing(
            columns: Self.columns,
            rows: clients.enumerated().map { index, client in
                [.code("2026-0004\(index)"), .text(client), .instant(OutputFixture.afternoon), .int(index * 9)]
            }
        )
    }

    @Test func `accents, wide characters and emoji stay aligned`() throws {
        // The second é is an e and a combining accent.
        let clients = ["Peña, José", "Pe\u{301}rez, Ana", "山田, 太郎", "Ok 👨‍👩‍👧 ❤️ 🇺🇸", "한국"]
        let expected = """
            Case        Client       Due               Attempts
            ──────────  ───────────  ────────────────  ────────
            2026-00040  Peña, José   2026-11-20 14:05         0
            2026-00041  Pe\u{301}rez, Ana   2026-11-20 14:05         9
            2026-00042  山田, 太郎   2026-11-20 14:05        18
            2026-00043  Ok 👨‍👩‍👧 ❤️ 🇺🇸  2026-11-20 14:05        27
            2026-00044  한국         2026-11-20 14:05        36

            """
        #expect(try render(rows(clients)) == expected)
    }

    @Test func `each kind of cell is written for people`() throws {
        let listing = Listing(
            columns: [Column("a", "Text"), Column("b", "Tenths", .trailing), Column("c", "Date"), Column("d", "Met")],
            rows: [
                [.text("x"), .tenths(-5), .date(CivilDate(dayNumber: 0)), .bool(true)],
                [.null, .tenths(1234), .null, .bool(false)],
                [.null, .null, .null, .null],
            ]
        )
        let expected = """
            Text  Tenths  Date        Met
            ────  ──────  ──────────  ───
            x       -0.5  1970-01-01  yes
                   123.4              no


            """
        #expect(try render(listing) == expected)
    }

    @Test func `the autumn hour that comes twice shows its offset`() throws {
        func shown(_ seconds: Int64) throws -> String {
            Presentation.plain(zone: try OutputFixture.newYork.get()).text(.instant(Instant(seconds: seconds)))
        }
        // 2026-11-01: 00:59:59, then 01:00 twice, then 02:00.
        #expect(try shown(1_793_509_199) == "2026-11-01 00:59")
        #expect(try shown(1_793_509_200) == "2026-11-01 01:00 -04:00")
        #expect(try shown(1_793_512_800) == "2026-11-01 01:00 -05:00")
        #expect(try shown(1_793_516_399) == "2026-11-01 01:59 -05:00")
        #expect(try shown(1_793_516_400) == "2026-11-01 02:00")
    }

    @Test func `a pipe gets whole lines however long they are`() throws {
        let note = Array(repeating: "word", count: 200).joined(separator: " ")
        #expect(try render(rows([note])).contains(note))
    }

    @Test func `a terminal gets cells wrapped to its width`() throws {
        let listing = rows(["Featherstonehaugh, Bartholomew", "山田山田山田山田山田, 太郎"])
        let expected = """
            Case        Client                Due         Attempts
            ──────────  ────────────────────  ──────────  ────────
            2026-00040  Featherstonehaugh,    2026-11-20         0
                        Bartholomew           14:05
            2026-00041  山田山田山田山田山田  2026-11-20         9
                        , 太郎                14:05

            """
        #expect(try render(listing, width: 54) == expected)
    }

    @Test func `no line is wider than the terminal at any width that fits the columns`() throws {
        let listing = rows(["Featherstonehaugh, Bartholomew", "山田山田山田山田山田, 太郎", "", "a b c d e f g h i j k l"])
        for width in 10...140 {
            let text = try render(listing, width: width)
            for line in text.split(separator: "\n") { #expect(line.displayWidth <= max(width, 30), "width \(width)") }
            // Nothing is lost by wrapping.
            #expect(text.filter { $0 == "山" }.count == 5)
            #expect(text.filter { $0 == "j" }.count == 1)
        }
    }

    @Test func `a terminal too narrow for the columns gets a block for each row`() throws {
        let expected = """
            Case      2026-00040
            Client    Peña, José
            Due       2026-11-20 14:05
            Attempts  0

            Case      2026-00041
            Client    Lee
            Due       2026-11-20 14:05
            Attempts  9

            """
        #expect(try render(rows(["Peña, José", "Lee"]), width: 30) == expected)
    }

    @Test func `an ASCII locale gets plain decorations and the data as it is`() throws {
        let expected = """
            Client
            ---------------
            Peña / line two

            """
        let listing = Listing(columns: [Column("client", "Client")], rows: [[.text("Peña\nline two")]])
        #expect(try render(listing, ascii: true) == expected)
    }

    @Test func `nothing in a cell can command the terminal`() throws {
        let listing = Listing(
            columns: [Column("note", "Note")],
            rows: [[.text("a\u{1B}[2Jb\r\nc\td\u{9B}e\u{202E}f\u{2066}g\u{7F}h\u{0}i\u{2028}j")]]
        )
        let expected = #"a\u{1B}[2Jb⏎c d\u{9B}e\u{202E}f\u{2066}g\u{7F}h\u{0}i⏎j"#
        #expect(try render(listing).split(separator: "\n").last.map(String.init) == expected)
    }

    @Test func `no seeded text lets a control through`() throws {
        let seed: UInt64 = 20_261_120
        var generator = OutputFixture.Generator(seed: seed)
        for round in 0..<5_000 {
            let text = OutputFixture.troublesomeText(using: &generator)
            let shown = VisibleText.oneLine(text, ascii: false)
            let isSafe = !shown.unicodeScalars.contains { $0.properties.generalCategory == .control }
            #expect(isSafe, "seed \(seed), round \(round)")
            for escape: Unicode.Scalar in ["\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}", "\u{2028}", "\u{2029}"] {
                #expect(!shown.unicodeScalars.contains(escape), "seed \(seed), round \(round)")
            }
        }
    }

    @Test func `an empty list prints nothing but a note`() throws {
        var note = ""
        let table = try OutputFixture.written { output in
            note = try OutputFixture.written { messages in
                try Listing(columns: Self.columns).write(
                    as: .table,
                    to: OutputSink(descriptor: output),
                    presentation: .plain(zone: OutputFixture.newYork.get()),
                    console: Console(quiet: false, descriptor: messages),
                    whenEmpty: "nothing overdue"
                )
            }
        }
        #expect(table.isEmpty)
        #expect(note == "nothing overdue\n")
    }

    @Test func `headings are bold and rules dim where color is wanted`() throws {
        let listing = Listing(columns: [Column("a", "A", .trailing), Column("b", "B")], rows: [[.int(10), .null]])
        let expected = " \u{1B}[1mA\u{1B}[0m  \u{1B}[1mB\u{1B}[0m\n\u{1B}[2m──\u{1B}[0m  \u{1B}[2m─\u{1B}[0m\n10\n"
        #expect(try render(listing, style: .colored) == expected)
    }
}
