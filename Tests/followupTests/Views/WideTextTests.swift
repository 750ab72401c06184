import Foundation
import Testing

@testable import followup

/// Names in any script keep the columns where they are, at a terminal and in a pipe.
struct WideTextTests {
    /// Accents in one scalar and in two, wide characters, emoji of one scalar and of several.
    private static let names = [
        ("José", "Peña"), ("Ana", "Pe\u{301}rez"), ("太郎", "山田"), ("Ok", "👨‍👩‍👧 ❤️ 🇺🇸"), ("민준", "김"),
        ("Bartholomew", "Featherstonehaugh-Cholmondeley"),
    ]

    /// An agency with a case for each name, all with the same birth date and phone number.
    private static func agency() throws -> TestAgency {
        let agency = try TestAgency()
        for (index, (first, last)) in names.enumerated() {
            let words = TestAgency.opening(lastName: last).map { $0 == "Only" ? first : $0 }
            let result = try agency.run(
                words + ["--birth-date", "2012-03-04", "--caregiver-phone", "860-555-0142", "--new-client"]
            )
            try #require(result.status == 0, "\(result.stderr)")
            let number = "2025-0000\(index + 1)"
            try agency.runAll([["episode", "arrived", number, "--at", "2025-06-02T12:00"]])
        }
        try agency.runAll(
            [
                [
                    "episode", "close", "2025-00003", "--reason", "family moved", "--at", "2025-06-02T13:00",
                    "--override", "x",
                ]
            ],
            as: "sue"
        )
        return agency
    }

    private static let views = [
        ["today", "--as-of", "2025-06-04T11:00"], ["client", "find", "2012-03-04"],
        ["show", "2025-00002", "--as-of", "2025-06-04T11:00"], ["show", "2025-00004", "--as-of", "2025-06-04T11:00"],
    ]

    /// Where the text begins in a line, in columns of the screen; nil where it is not.
    private func column(of text: String, in line: some StringProtocol) -> Int? {
        line.range(of: text).map { String(line[..<$0.lowerBound]).displayWidth }
    }

    @Test func `in a pipe every line is whole and what follows a name stands in one column`() throws {
        let agency = try Self.agency()
        let today = try agency.run(["today", "--as-of", "2025-06-04T11:00"]).stdout.split(separator: "\n")
        let due = today.compactMap { column(of: "2025-06-04 12:00", in: $0) }
        #expect(due.count == 5 && Set(due).count == 1)
        #expect(Set(today.compactMap { column(of: "860-555-0142", in: $0) }).count == 1)
        let found = try agency.run(["client", "find", "2012-03-04"]).stdout.split(separator: "\n")
        #expect(found.count == Self.names.count + 2)
        #expect(Set(found.compactMap { column(of: "2012-03-04", in: $0) }).count == 1)
        #expect(Set(found.compactMap { column(of: "exact", in: $0) }).count == 1)
        // Closed cases are found too.
        #expect(found.contains { $0.contains("2025-00003 closed") })
        for (first, last) in Self.names { #expect(found.contains { $0.contains("\(last), \(first)") }) }
    }

    @Test(arguments: [24, 40, 60, 80, 100, 132] as [UInt16])
    func `at a terminal no line is wider than it, and nothing of a name is lost`(columns: UInt16) throws {
        let agency = try Self.agency()
        for view in Self.views {
            let screen = try Screen.run(view, columns: columns, environment: agency.environment())
            #expect(screen.contains("2025-0000"))
            for line in screen.split(separator: "\n") {
                // The drawing has a least width, and a heading with its value has one too.
                #expect(line.displayWidth <= max(Int(columns), 40), "\(view[0]) at \(columns): \(line)")
            }
            if view[0] != "show" {
                let shown = screen.filter { !$0.isWhitespace }
                for name in ["山田", "👨‍👩‍👧", "🇺🇸", "Peña"] where view[0] == "client" || name != "山田" {
                    #expect(shown.contains(name), "\(view[0]) at \(columns)")
                }
            }
        }
    }

    @Test func `at 80 columns today is a table whose columns line up, wrapped names and all`() throws {
        let agency = try Self.agency()
        let screen = try Screen.run(
            ["today", "--as-of", "2025-06-04T11:00"],
            columns: 80,
            environment: agency.environment()
        )
        let lines = screen.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("──────────  ─") })
        #expect(Set(lines.compactMap { column(of: "860-555-0142", in: $0) }).count == 1)
        #expect(lines.filter { $0.contains("860-555-0142") }.count == 10)
        #expect(Set(lines.compactMap { column(of: "2025-06-04", in: $0) }).count == 1)
        #expect(screen.contains("Featherstone"))
    }

    @Test func `a name one letter off, or a birth date, finds the client`() throws {
        let agency = try Self.agency()
        for (text, match) in [("pena jose", "exact"), ("Perez", "exact"), ("peres ana", "near"), ("山田", "exact")] {
            let found = try agency.run(["client", "find", text, "--format", "json"]).stdout
            let rows = try JSONSerialization.jsonObject(with: Data(found.utf8)) as? [[String: Any]]
            #expect(rows?.contains { $0["match"] as? String == match } == true, "\(text)")
        }
    }
}
