import Foundation
import Testing

/// `--dry-run`: everything is checked, nothing is kept, and the audit knows.
struct DryRunTests {
    @Test func `no command that writes keeps anything in a dry run, and each does without it`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let waiting = try agency.openCase()
        let visit = try agency.visit(number, at: "2025-06-03T10:00")
        try agency.run(["holiday", "add", "2025-01-01", "New Year"], as: "amy")
        for (words, login) in [
            (["site", "add", "Waterbury", "--town", "Waterbury"], "amy"),
            (["site", "towns", "Torrington", "--none"], "amy"),
            (["staff", "add", "kim", "--name", "Kim", "--role", "analyst"], "amy"),
            (["staff", "set", "ann", "--role", "analyst", "--role", "supervisor"], "amy"),
            (["staff", "retire", "ann"], "amy"),
            (["holiday", "add", "2025-12-25", "Christmas"], "amy"),
            (["holiday", "remove", "2025-01-01"], "amy"),
            (TestAgency.opening(), "bea"),
            (["episode", "dispatched", waiting, "--at", "2025-06-02T11:40"], "bea"),
            (["episode", "arrived", waiting, "--at", "2025-06-02T12:00"], "bea"),
            (["episode", "amend", waiting, "--call", "2025-06-02T11:00", "--reason", "x"], "bea"),
            (["visit", "log", number, "--mode", "phone", "--with", "youth", "--at", "2025-06-04T10:00"], "bea"),
            (["visit", "void", number, visit, "--reason", "x"], "bea"),
            (["episode", "extend", number, "--to", "2025-07-20", "--reason", "x"], "sue"),
            (["episode", "close", number, "--reason", "family moved", "--override", "x"], "sue"),
        ] {
            let before = try StoredRows.counts(agency)
            let dry = try agency.run(words + ["--dry-run"], as: login)
            #expect(dry.status == 0, "\(words): \(dry.stderr)")
            #expect(dry.stderr.contains("dry run: nothing was kept"))
            #expect(!dry.stdout.isEmpty)
            #expect(try StoredRows.counts(agency) == before, "\(words)")
            #expect(try StoredRows.audit(agency).last?.outcome == "dry run")
            let json = try agency.run(words + ["--dry-run", "--format", "json"], as: login)
            #expect(json.object?["dry_run"] as? Bool == true)
            let real = try agency.run(words, as: login)
            #expect(real.status == 0, "\(words): \(real.stderr)")
            #expect(try StoredRows.counts(agency) != before, "\(words)")
        }
    }

    @Test func `a dry run is refused like the command itself`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let words = [
            "visit", "log", number, "--mode", "phone", "--with", "youth", "--at", "2025-07-15T10:00", "--dry-run",
        ]
        let result = try agency.run(words)
        #expect(result.status == 1)
        #expect(result.stderr.hasPrefix("refused [window-closed]: "))
        #expect(try StoredRows.audit(agency).last?.outcome == "refused: window-closed")
    }
}
