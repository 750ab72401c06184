import Foundation
import Testing

/// The counter alone names this year's case.
struct ShortCaseNumberTests {
    private func call() -> String { Date(timeIntervalSinceNow: -3600).formatted(.iso8601) }

    @Test func `a counter alone is this year's case, and which one is said`() throws {
        let agency = try TestAgency()
        _ = try agency.openCase()
        _ = try agency.openCase(call: call(), lastName: "Another")
        let number = try agency.openCase(call: call(), lastName: "Third")
        #expect(number.hasSuffix("-00002"))
        for short in ["2", "02", "00002"] {
            let shown = try agency.run(["show", short, "--format", "json"])
            #expect(shown.object?["case_number"] as? String == number, "\(shown.stderr)")
            #expect(shown.stderr == "taken as case \(number)\n")
        }
        let sent = try agency.run(["episode", "dispatched", "2", "--at", "now"])
        #expect(sent.stdout.hasPrefix("\(number)  dispatch recorded"), "\(sent.stdout) \(sent.stderr)")
        for words in [
            ["visit", "list", "2"], ["referral", "list", "2"], ["plan", "history", "2"],
            ["changes", "--since", "yesterday", "--case", "2"], ["episode", "reassign", "2", "--to", "bea"],
        ] {
            let result = try agency.run(words)
            #expect(result.status == 0 && result.stderr.contains("case \(number)"), "\(words): \(result.stderr)")
        }
        let audit = try agency.run(["audit", "list", "--case", "2", "--format", "csv"], as: "amy")
        #expect(audit.status == 0 && audit.stdout.contains("episode dispatched"), "\(audit.stderr)")
    }

    @Test func `a counter of no case of this year is refused, whatever other years have`() throws {
        let agency = try TestAgency()
        _ = try agency.openCase()
        for short in ["1", "9", "0"] {
            let result = try agency.run(["show", short])
            #expect(result.status == 66 && result.stdout.isEmpty, "\(result.stderr)")
        }
        let hint = try agency.run(["show", "1"]).stderr
        #expect(hint.contains("this year has no case of that number") && hint.contains("Write its year too"))
    }

    @Test func `a counter that is the reference of another case too is refused and both are named`() throws {
        let agency = try TestAgency()
        let number = try agency.openCase(call: call())
        let imported = try agency.openCase(lastName: "Another")
        try StoredRows.set(sourceRef: "1", of: imported, in: agency)
        let both = try agency.run(["show", "1"])
        #expect(both.status == 64 && both.stderr.contains(number) && both.stderr.contains(imported), "\(both.stderr)")
        try StoredRows.set(sourceRef: "7", of: imported, in: agency)
        let reference = try agency.run(["show", "7", "--format", "json"])
        #expect(reference.object?["case_number"] as? String == imported, "\(reference.stderr)")
        #expect(try agency.run(["show", "1", "--format", "json"]).object?["case_number"] as? String == number)
    }
}
