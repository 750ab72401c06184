import CivilTime
import CrisisCare
import Reports
import Services
import Testing

@testable import CaseloadOracle

/// `export summary`, cell by cell, against a second reading of the practice over the same files.
struct SummaryOracleTests {
    @Test(arguments: ImportedCaseload.all)
    func `every cell of the summary is what the files say, now and at earlier instants`(arguments: [String]) throws {
        let caseload = try ImportedCaseload.of(arguments)
        let seed: UInt64 = 3
        var instants: [Instant?] = [nil]
        if !arguments.isEmpty {
            let earlier = InstantSample.of(caseload, seed: seed, rounds: 1)
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<2 { instants.append(generator.one(of: earlier)) }
            instants.append(earlier.last)
        }
        for instant in instants { try expectAgreement(caseload, asOf: instant, "seed \(seed)") }
    }

    private func expectAgreement(_ caseload: ImportedCaseload, asOf: Instant?, _ what: String) throws {
        let columns = EpisodeSummary.columns.map(\.key)
        #expect(columns == ["case_number"] + NaiveSummary.columns)
        var rows: [[Cell]] = []
        let session = try caseload.open()
        try session.exportSummary(in: Period(), asOf: asOf) { rows.append($0) }
        let bytes = try csvBytes(columns, rows, zone: caseload.zone)
        let table = try NaiveTable(file: "summary.csv", text: String(decoding: bytes, as: UTF8.self))
        let expected = caseload.naive.summary(asOf: (asOf ?? session.now).seconds)
        let at = caseload.zone.rfc3339(asOf ?? session.now)
        try #require(table.rows.count == expected.count, "\(what), as of \(at)")
        var differences = 0
        for (row, naive) in zip(table.rows, expected) {
            for column in NaiveSummary.columns where try row.code(column) != naive[column] {
                differences += 1
                // One is enough to find the mistake; all of them would fill the screen.
                guard differences == 1 else { continue }
                let actual = try row.code(column)
                Issue.record("\(what), as of \(at), \(naive.sourceRef): \(column) is \(actual), not \(naive[column])")
            }
        }
        #expect(differences == 0)
        for row in table.rows {
            let number = try #require(CaseNumber(row.code("case_number")))
            #expect(caseload.refs[number] == (try row.text("source_ref")))
        }
    }
}
