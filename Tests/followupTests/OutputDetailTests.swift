import Reports
import CivilTime
import Testing

@testable import followup

struct OutputDetailTests {
    private static let visits = [Column("at", "At"), Column("result", "Result"), Column("note", "Note")]

    private func detail(visits: [[Cell]]) -> Detail {
        var detail = Detail()
        detail.add("case_number", "Case", .code("2026-00042"))
        detail.add("client", "Client", .text("Peña, José"))
        detail.add("note", "Note", .text("Called twice.\n\n  Mother will call back.\u{1B}[2J"))
        detail.add("discharged_on", "Discharged", .null)
        detail.add("visits", "Visits", Listing(columns: Self.visits, rows: visits))
        var plan = Detail()
        plan.add("version", "Version", .int(2))
        detail.add("plan", "Safety plan", plan)
        return detail
    }

    private func written(_ detail: Detail, as format: OutputFormat, width: Int? = nil) throws -> String {
        try OutputFixture.written { descriptor in
            let sink = OutputSink(descriptor: descriptor)
            var presentation = Presentation.plain(zone: try OutputFixture.newYork.get())
            presentation.width = width
            let console = Console(quiet: true)
            try detail.write(as: format, to: sink, presentation: presentation, console: console)
            try sink.finish()
        }
    }

    @Test func `a record is lines of heading and value, with its lists below`() throws {
        let expected = """
            Case        2026-00042
            Client      Peña, José
            Note        Called twice.

                          Mother will call back.\\u{1B}[2J
            Discharged  -

            Visits

            At                Result     Note
            ────────────────  ─────────  ────
            2026-11-20 14:05  no answer

            Safety plan

            Version  2

            """
        let rows: [[Cell]] = [[.instant(OutputFixture.afternoon), .code("no answer"), .null]]
        #expect(try written(detail(visits: rows), as: .table) == expected)
    }

    @Test func `an empty list in a record says none`() throws {
        #expect(try written(detail(visits: []), as: .table).contains("\nVisits\n\nnone\n\nSafety plan\n"))
    }

    @Test func `values wrap beside their headings, never into less than twenty columns`() throws {
        var detail = Detail()
        detail.add("note", "Note", .text("one two three four five six"))
        #expect(try written(detail, as: .table, width: 27) == "Note  one two three four\n      five six\n")
        #expect(try written(detail, as: .table, width: 5) == "Note  one two three four\n      five six\n")
    }

    @Test func `CSV is one row of the record's own fields`() throws {
        let expected =
            "case_number,client,note,discharged_on\r\n2026-00042,\"Peña, José\",\"Called twice.\n\n"
            + "  Mother will call back.\u{1B}[2J\",\r\n"
        #expect(try written(detail(visits: []), as: .csv) == expected)
    }

    @Test func `JSON is one object that holds its lists as arrays`() throws {
        let expected = #"""
            {
              "case_number": "2026-00042",
              "client": "Peña, José",
              "note": "Called twice.\n\n  Mother will call back.\u001b[2J",
              "discharged_on": null,
              "visits": [
                {"at":"2026-11-20T14:05:00-05:00","result":"no answer","note":null},
                {"at":null,"result":"completed","note":"a"}
              ],
              "plan": {
                "version": 2
              }
            }

            """#
        let rows: [[Cell]] = [
            [.instant(OutputFixture.afternoon), .code("no answer"), .null], [.null, .code("completed"), .text("a")],
        ]
        #expect(try written(detail(visits: rows), as: .json) == expected)
    }
}
