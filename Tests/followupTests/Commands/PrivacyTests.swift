import Foundation
import Testing

/// Names and notes never come back in what is said on the standard error: logs keep that.
struct PrivacyTests {
    private static let marker = "Xyzzyva"

    @Test func `no failure repeats a name, a note or another value`() throws {
        let agency = try TestAgency()
        let marker = Self.marker
        let person = ["--first-name", marker, "--last-name", marker, "--birth-date", "2012-03-04"]
        let opening = Array(TestAgency.opening().prefix { $0 != "--first-name" })
        let family = ["--caregiver-name", marker, "--caregiver-phone", "860-555-0142 \(marker)", "--language", marker]
        #expect(try agency.run(opening + person + family).status == 0)
        #expect(try agency.run(["episode", "arrived", "2025-00001", "--at", "2025-06-02T12:00"]).status == 0)
        let visit = ["visit", "log", "2025-00001", "--mode", "phone", "--with", "youth", "--note", marker]
        let close = ["episode", "close", "2025-00001"]
        for words in [
            opening + person, opening + person + family + ["--site", marker], opening + person + ["--town", marker],
            opening + person + ["--program", marker], opening + person + ["--clinician", marker],
            opening + person + ["--location", marker], opening + ["--client", marker],
            opening + person + ["--sex", marker], opening + person + ["--birth-date", marker],
            opening + person + [marker], opening + person + ["--\(marker)"], opening + person + ["-\(marker)"],
            opening + person + ["--transferred", marker],
            visit + ["--at", "2025-07-15T10:00"], visit + ["--at", marker], visit + ["--next", marker],
            visit + [marker], visit + [marker, marker], visit + ["--by", marker], visit + ["--minutes", marker],
            visit + ["--mode", marker], visit + ["--with=\(marker)"], visit + ["--note"],
            visit + ["--next", "- \(marker)"],
            visit + ["--note-file", marker], visit + ["--override", marker, "--at", "2025-06-01T10:00"],
            visit.map { $0 == marker ? String(repeating: marker, count: 15_000) : $0 } + ["--at", "2025-06-03T10:00"],
            ["visit", "log", marker, "--mode", "phone", "--with", "youth"], ["visit", "void", "2025-00001", marker],
            ["visit", "void", "2025-00001", "1", "--reason", marker],
            close + ["--reason", marker], close + ["--reason", "family moved", "--override", marker],
            close + ["--reason", "family moved", "--hand-over", marker],
            close + ["--reason", "family moved", "--on", marker],
            ["episode", "amend", "2025-00001", "--arrived", "2025-06-01T10:00", "--reason", marker],
            ["episode", "extend", "2025-00001", "--to", "2025-07-20", "--reason", marker],
            ["episode", "arrived", "2025-00001", "--late-reason", marker], ["episode", marker], [marker],
            ["visit", marker],
            ["staff", "add", "kim", "--name", marker, "--role", marker],
        ] {
            for format in ["table", "json"] {
                let result = try agency.run(words + ["--format", format])
                #expect(result.status != 0, "\(words)")
                #expect(!result.stderr.localizedCaseInsensitiveContains(marker), "\(words): \(result.stderr)")
                #expect(result.stdout.isEmpty)
            }
        }
        let refused = try StoredRows.audit(agency).filter { $0.outcome != "done" }
        #expect(refused.count > 20)
        #expect(refused.allSatisfy { !($0.action + $0.outcome + $0.detail).contains(marker) })
    }

    @Test func `what a command prints when it is done holds no name and no note`() throws {
        let agency = try TestAgency()
        let marker = Self.marker
        let opening = TestAgency.opening(lastName: marker)
        let results = [
            try agency.run(opening),
            try agency.run(["episode", "arrived", "2025-00001", "--at", "2025-06-02T13:00", "--late-reason", marker]),
            try agency.run([
                "visit", "log", "2025-00001", "--at", "2025-06-03T10:00", "--mode", "phone", "--with", "youth",
                "--note",
                marker, "--format", "json",
            ]),
        ]
        for result in results {
            #expect(result.status == 0)
            #expect(!(result.stdout + result.stderr).contains(marker))
        }
    }
}
