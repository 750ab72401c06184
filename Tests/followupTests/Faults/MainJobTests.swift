import Foundation
import Testing

@testable import CaseloadOracle

/// The job from end to end, through the program alone: a site's spreadsheets in, the list of what is overdue out.
struct MainJobTests {
    @Test func `the overdue list of an imported caseload is what a second reading of its files gives`() throws {
        let agency = try SmallCaseload.imported()
        let caseload = try NaiveCaseload(directory: SmallCaseload.folder())
        let numbers = try Self.caseNumbers(agency)
        #expect(numbers.count == caseload.episodes.count)
        let instants: [(String, Int64)] = [
            (SmallCaseload.asOf, SmallCaseload.asOfSeconds),
            // The last moment of a day and the first of the next; both readings of an hour that came twice.
            ("2024-10-14T23:59:59", 1_728_964_799), ("2024-10-15T00:00", 1_728_964_800),
            ("2024-11-03T01:30:00-04:00", 1_730_611_800), ("2024-11-03T01:30:00-05:00", 1_730_615_400),
        ]
        for (text, seconds) in instants {
            let list = try Self.table(agency, ["overdue", "--as-of", text])
            #expect(list.rows.count > 10, "\(text)")
            #expect(list.rows == (try Self.expected(caseload, numbers, seconds)), "as of \(text)")
        }
    }

    @Test func `as of now the stored list is what the files say, and every way to ask agrees`() throws {
        let agency = try SmallCaseload.imported()
        let caseload = try NaiveCaseload(directory: SmallCaseload.folder())
        let numbers = try Self.caseNumbers(agency)
        // Every deadline of these files has long passed: no second can make a difference.
        let expected = try Self.expected(caseload, numbers, Int64(Date().timeIntervalSince1970))
        let list = try Self.table(agency, ["overdue"])
        func withoutDays(_ rows: [[String]]) -> [[String]] {
            rows.map { row in row.indices.filter { $0 != 5 }.map { row[$0] } }
        }
        // Midnight may pass between the two readings of the clock.
        #expect(withoutDays(list.rows) == withoutDays(expected))
        #expect(try Self.table(agency, ["export", "overdue"]).rows.count == expected.count)
        #expect(try agency.run(["overdue", "--count"], as: "amy").stdout == "\(expected.count)\n")
        #expect(try agency.run(["overdue", "--check"], as: "amy").status == 3)
        for grouping in ["clinician", "site", "kind"] {
            let groups = try Self.table(agency, ["overdue", "--by", grouping])
            let counts = try groups.rows.map { try #require(Int($0[try groups.index("deadlines")])) }
            #expect(counts.reduce(0, +) == expected.count, "\(grouping)")
        }
        let summary = try Self.table(agency, ["export", "summary"])
        let overdue = try summary.rows.map { try #require(Int($0[try summary.index("overdue")])) }
        #expect(overdue.reduce(0, +) == expected.count)
    }

    @Test func `the summary of an imported caseload is what a second reading of its files gives`() throws {
        let agency = try SmallCaseload.imported()
        let caseload = try NaiveCaseload(directory: SmallCaseload.folder())
        let table = try Self.table(agency, ["export", "summary", "--as-of", SmallCaseload.asOf])
        #expect(table.columns == ["case_number"] + NaiveSummary.columns)
        let expected = caseload.summary(asOf: SmallCaseload.asOfSeconds).map { row in
            NaiveSummary.columns.map { row[$0] }
        }
        let actual = table.rows.map { Array($0.dropFirst()) }
        // Of calls at one instant the case number comes first, of which the files know nothing.
        #expect(
            actual.map { $0.joined(separator: "|") }.sorted() == expected.map { $0.joined(separator: "|") }.sorted()
        )
    }

    @Test func `the five files, exported, imported into a new database and exported again, are the same bytes`() throws
    {
        let first = try SmallCaseload.imported()
        let second = try TestAgency.sealed()
        let folders = [first, second].map { $0.home + "/files" }
        try Self.export(first, to: folders[0])
        let moved = try second.run(["import", folders[0], "--create-missing"], as: "amy")
        #expect(moved.status == 0, "\(moved.stderr)")
        try Self.export(second, to: folders[1])
        for name in EditableFiles.names {
            let bytes = try folders.map { try Data(contentsOf: URL(filePath: "\($0)/\(name).csv")) }
            #expect(bytes[0] == bytes[1], "\(name)")
            #expect(bytes[0].count > 250, "\(name) holds too little to compare")
        }
        // Nothing of what was brought in is lost, and nothing has come to it.
        let given = try EditableFiles(SmallCaseload.folder()).sortedRows
        let returned = try EditableFiles(folders[1]).sortedRows
        #expect(given.mapValues(\.count) == returned.mapValues(\.count))
        try second.expectSound()
    }

    @Test func `an exported file is its owner's alone, and the standard output has the same bytes`() throws {
        let agency = try SmallCaseload.imported()
        for kind in EditableFiles.names + ["summary", "overdue"] {
            let path = "\(agency.home)/\(kind).csv"
            let asOf = kind == "summary" || kind == "overdue" ? ["--as-of", SmallCaseload.asOf] : []
            let file = try agency.run(["export", kind, "-o", path] + asOf, as: "amy")
            #expect(file.status == 0 && file.stdout.isEmpty, "\(file.stderr)")
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let direct = try agency.run(["export", kind] + asOf, as: "amy")
            let written = try String(contentsOf: URL(filePath: path), encoding: .utf8)
            #expect(written == direct.stdout, "\(kind)")
            let marked = try agency.run(["export", kind, "--bom"] + asOf, as: "amy")
            #expect(Array(marked.stdout.utf8) == [0xEF, 0xBB, 0xBF] + Array(direct.stdout.utf8), "\(kind)")
        }
    }

    private static func export(_ agency: TestAgency, to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        for name in EditableFiles.names {
            let result = try agency.run(["export", name, "-o", "\(folder)/\(name).csv"], as: "amy")
            try #require(result.status == 0, "\(result.stderr)")
        }
    }

    static func table(_ agency: TestAgency, _ words: [String]) throws -> EditableFiles.Table {
        let result = try agency.run(words + ["--format", "csv"], as: "amy")
        try #require(result.status == 0, "\(result.stderr)")
        return try EditableFiles.Table(csv: result.stdout)
    }

    /// The case number of each reference of the files.
    private static func caseNumbers(_ agency: TestAgency) throws -> [String: String] {
        let summary = try table(agency, ["export", "summary"])
        let (number, reference) = (try summary.index("case_number"), try summary.index("source_ref"))
        return Dictionary(uniqueKeysWithValues: summary.rows.map { ($0[reference], $0[number]) })
    }

    /// The rows of the list as a second reading of the files gives them.
    private static func expected(
        _ caseload: NaiveCaseload,
        _ numbers: [String: String],
        _ asOf: Int64
    ) throws -> [[String]] {
        let clock = caseload.newYork
        let rows = try caseload.overdue(asOf: asOf).map { row in
            (row, try #require(numbers[row.caseRef]))
        }
        return rows.sorted { left, right in
            (left.0.dueAt, left.1, left.0.kind, left.0.about) < (right.0.dueAt, right.1, right.0.kind, right.0.about)
        }.map { row, number in
            [
                number, NaiveGuard.added(to: row.client), row.kind, NaiveGuard.added(to: row.about),
                clock.text(row.dueAt), String(row.daysOverdue), NaiveGuard.added(to: row.clinician),
                NaiveGuard.added(to: row.site), row.lastContactAt.map(clock.text) ?? "", String(row.attempts),
                row.windowEndsOn, NaiveGuard.added(to: row.phone),
            ]
        }
    }
}
