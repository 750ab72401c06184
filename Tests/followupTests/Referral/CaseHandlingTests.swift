import Foundation
import Testing

/// `followup episode reassign`, `reopen` and `void`.
struct CaseHandlingTests {
    private func agency() throws -> TestAgency {
        let agency = try TestAgency()
        try agency.run(["staff", "add", "kim", "--name", "Kim", "--role", "clinician@Hartford"], as: "amy")
        return agency
    }

    /// How many deadlines `overdue` counts for each clinician.
    private func overdue(_ agency: TestAgency, _ login: String) throws -> Int {
        let result = try agency.run(["overdue", "--clinician", login, "--count"], as: "amy")
        return try #require(Int(result.stdout.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    @Test func `pitfall 15 counts move with the case, past visits keep their author`() throws {
        let agency = try agency()
        let first = try agency.arrivedCase()
        let second = try agency.arrivedCase()
        _ = try agency.visit(first, at: "2025-06-02T15:00")
        let all = try overdue(agency, "bea")
        let result = try agency.run(["episode", "reassign", first, second, "--to", "kim"], as: "sue")
        #expect(result.stdout == "cases reassigned  to: kim  reassigned: 2  already theirs: 0  refused: 0\n")
        #expect(try overdue(agency, "bea") == 0)
        #expect(try overdue(agency, "kim") == all)
        #expect(try agency.run(["visit", "list", first, "--format", "csv"]).stdout.contains(",bea,"))
        #expect(try agency.wrongRecords() == [])
    }

    @Test func `pitfall 14 all or nothing, or a partial success with an exact account`() throws {
        let agency = try agency()
        let mine = try agency.arrivedCase()
        let words = TestAgency.opening().map { $0 == "Hartford" ? "Torrington" : $0 }
        let theirs = try #require(
            try agency.run(words + ["--format", "json"], as: "tom").object?["case_number"] as? String
        )
        let reassign = ["episode", "reassign", mine, theirs, "--to", "kim"]
        let refused = try agency.run(reassign, as: "sue")
        #expect(refused.status == 77)
        #expect(
            refused.stderr.hasPrefix(
                "refused [not-permitted]: 1 of 2 cases cannot be reassigned, so that none was: \(theirs)."
            )
        )
        #expect(try overdue(agency, "kim") == 0)
        let partial = try agency.run(reassign + ["--partial", "--format", "json"], as: "sue")
        #expect(partial.status == 0)
        #expect(partial.object?["reassigned"] as? Int == 1 && partial.object?["refused"] as? Int == 1)
        let cases = try #require(partial.object?["cases"] as? [[String: Any]])
        #expect(cases.map { $0["outcome"] as? String } == ["reassigned", "refused"])
        #expect(partial.stderr.contains("\(theirs) was left as it is [not-permitted]"))
        #expect(try agency.run(["episode", "reassign", theirs, "--to", "kim", "--partial"], as: "sue").status == 77)
        let back = try agency.run(
            ["episode", "reassign", "--all-of", "kim", "--to", "bea", "--reason", "back"],
            as: "sue"
        )
        #expect(back.stdout.contains("reassigned: 1"))
        for words in [[], [mine], ["--all-of", "bea"], [mine, "--all-of", "bea", "--to", "kim"]] {
            #expect(try agency.run(["episode", "reassign"] + words, as: "sue").status == 64, "\(words)")
        }
        let slip = try agency.run(["episode", "reassign", mine, "Jensen", "--to", "kim", "--partial"], as: "sue")
        #expect(slip.status == 66)
        #expect(slip.stderr.contains("of the 2 given number 2") && !slip.stderr.contains("Jensen"))
    }

    @Test func `a reopened case owes again what it owed, and a voided one nothing`() throws {
        let agency = try agency()
        let number = try agency.arrivedCase()
        let owed = try StoredRows.openDeadlines(agency, of: number)
        let close = ["episode", "close", number, "--reason", "family moved", "--override", "x"]
        #expect(try agency.run(close, as: "sue").status == 0)
        #expect(try StoredRows.openDeadlines(agency, of: number) == [])
        let reopen = ["episode", "reopen", number, "--reason", "by mistake"]
        #expect(try agency.run(reopen, as: "bea").status == 77)
        #expect(try agency.run(["episode", "reopen", number], as: "sue").status == 64)
        #expect(try agency.run(reopen, as: "sue").stdout.hasPrefix("\(number)  reopened  next: "))
        #expect(try StoredRows.openDeadlines(agency, of: number) == owed)
        #expect(try agency.run(reopen, as: "sue").stderr.hasPrefix("refused [state-order]: "))
        let void = ["episode", "void", number, "--reason", "entered twice"]
        #expect(try agency.run(void, as: "bea").status == 77)
        #expect(try agency.run(["episode", "void", number], as: "sue").status == 64)
        #expect(try agency.run(void, as: "sue").stdout == "voided  case: \(number)\n")
        for words in [["show", number], ["visit", "list", number], ["referral", "list", number], void] {
            #expect(try agency.run(words, as: "sue").status == 66, "\(words)")
        }
        #expect(try agency.run(["overdue", "--count"], as: "amy").stdout == "0\n")
        #expect(try agency.run(["export", "episodes"], as: "amy").stdout.split(separator: "\r\n").count == 1)
        #expect(try agency.wrongRecords() == [])
    }

    @Test func `a dry run of each keeps nothing`() throws {
        let agency = try agency()
        let number = try agency.arrivedCase()
        let closed = try agency.openCase(mode: "non-mobile (phone)")
        let close = ["episode", "close", closed, "--reason", "family moved", "--at", "2025-06-02T12:00"]
        #expect(try agency.run(close).status == 0)
        func referral(_ verb: String, _ extra: [String] = []) -> [String] { ["referral", verb, number, "1"] + extra }
        func snapshot() throws -> [String] {
            try [
                ["referral", "list", "--format", "json"], ["episode", "list", "--all", "--format", "json"],
                ["client", "show", number],
            ].map { try agency.run($0, as: "amy").stdout }
        }
        for words in [
            ["referral", "add", number, "--service", "outpatient", "--agency", "A"], referral("offer"),
            referral("send"), referral("hand-off"), referral("answer", ["--result", "accepted"]),
            referral("schedule", ["--appointment", "now"]), referral("no-show"),
            referral("schedule", ["--appointment", "now"]), referral("cancel"),
            referral("schedule", ["--appointment", "now"]), referral("attended"),
            ["client", "edit", number, "--last-name", "Other", "--reason", "x"],
            ["episode", "reassign", number, "--to", "kim"], ["episode", "reopen", closed, "--reason", "x"],
            ["episode", "void", number, "--reason", "x"],
        ] {
            let before = try snapshot()
            let dry = try agency.run(words + ["--dry-run", "--format", "json"], as: "sue")
            #expect(dry.status == 0, "\(words): \(dry.stderr)")
            #expect(dry.object?["dry_run"] as? Bool == true)
            #expect(dry.stderr.contains("dry run: nothing was kept"))
            #expect(try snapshot() == before, "\(words)")
            #expect(try agency.run(words, as: "sue").status == 0, "\(words)")
            #expect(try snapshot() != before, "\(words)")
        }
    }
}
