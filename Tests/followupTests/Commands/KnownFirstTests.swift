import Foundation
import Testing

/// At a terminal what can be known is found out before anything is asked.
struct KnownFirstTests {
    private func atTerminal(
        _ agency: TestAgency,
        _ words: [String],
        as login: String = "bea",
        typing lines: [String] = []
    ) throws -> PretendTerminal.Result {
        // A question too many finds the end of the input, and fails instead of waiting.
        let typed = lines + [PretendTerminal.endOfInput]
        return try PretendTerminal.run(words, typing: typed, environment: agency.environment(as: login))
    }

    private func text(_ minutesAgo: Double) -> String {
        Date(timeIntervalSinceNow: -60 * minutesAgo).formatted(.iso8601)
    }

    @Test func `a visit that the window refuses is refused before the first question`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let late = try atTerminal(agency, ["visit", "log", number])
        #expect(late.status == 1 && late.screen.contains("refused [window-closed]"), "\(late.screen)")
        #expect(late.screen.contains("followup episode extend \(number) --to"), "\(late.screen)")
        #expect(!late.screen.contains("Mode"))
        let early = try atTerminal(agency, ["visit", "log", number, "--at", "2025-06-02T11:00"])
        #expect(early.status == 1 && early.screen.contains("refused [before-episode]"), "\(early.screen)")
        #expect(!early.screen.contains("Mode"))
        let nobody = ["visit", "log", number, "--at", "2025-06-03T11:00", "--by", "nobody"]
        let unknown = try atTerminal(agency, nobody)
        #expect(unknown.status == 66 && !unknown.screen.contains("Mode"), "\(unknown.screen)")
    }

    @Test func `a visit in a closed case, one of another site and none at all are refused before the first question`()
        throws
    {
        let agency = try TestAgency()
        let number = try agency.openCase(call: "2025-06-02T11:30", mode: "phone")
        let close = ["episode", "close", number, "--reason", "family moved", "--at", "2025-06-02T12:30"]
        try #require(agency.run(close).status == 0)
        for (words, login, status, rule) in [
            ([number], "bea", Int32(1), "episode-closed"), ([number], "tom", 77, "not-permitted"),
            (["2025-00099"], "bea", 66, "no case has that number"),
        ] {
            let result = try atTerminal(agency, ["visit", "log"] + words, as: login)
            #expect(result.status == status && result.screen.contains(rule), "\(result.screen)")
            #expect(!result.screen.contains("Mode"))
        }
        #expect(try StoredRows.counts(agency)["visit"] == 0)
    }

    @Test func `a case that is typed wrongly is asked for again`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let result = try atTerminal(
            agency,
            ["visit", "log", "--at", "2025-06-03T11:00"],
            typing: ["2025-00099", number, "phone", "youth", ""]
        )
        #expect(result.status == 0 && result.screen.contains("no case has that number"), "\(result.screen)")
        #expect(result.stdout.hasPrefix("\(number)  visit logged"))
    }

    @Test func `a caregiver in minor-consented care is asked about at once, and another answer may be given`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase(extra: ["--minor-consented"])
        let words = ["visit", "log", number, "--at", "2025-06-03T11:00"]
        let again = try atTerminal(agency, words, typing: ["phone", "both", "", "youth", ""])
        #expect(again.status == 0 && again.screen.contains("consented to this care alone"), "\(again.screen)")
        #expect(again.screen.contains("  With: youth\r\n") && !again.screen.contains("  With: both"))
        let overruled = try atTerminal(agency, words, typing: ["phone", "caregiver", "the youth asked for it", ""])
        #expect(overruled.status == 0, "\(overruled.screen)")
        let list = try agency.run(["visit", "list", number, "--format", "csv"])
        #expect(list.stdout.contains("completed,youth") && list.stdout.contains("completed,caregiver"))
    }

    @Test func `an amendment of an older version, or one that a rule refuses, is refused before the reason`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let stale = try atTerminal(agency, ["episode", "amend", number, "--if-version", "1"])
        #expect(stale.status == 1 && stale.screen.contains("refused [stale-edit]"), "\(stale.screen)")
        #expect(!stale.screen.contains("What is to be corrected"))
        let given = try atTerminal(agency, ["episode", "amend", number, "--arrived", "2025-06-02T11:00"])
        #expect(given.status == 1 && given.screen.contains("refused [before-arrival]"), "\(given.screen)")
        #expect(!given.screen.contains("Reason"))
        let answered = try atTerminal(
            agency,
            ["episode", "amend", number],
            typing: ["arrived", "", "2025-06-02T11:00", ""]
        )
        #expect(answered.status == 1 && answered.screen.contains("refused [before-arrival]"), "\(answered.screen)")
        #expect(!answered.screen.contains("Reason"))
        let elsewhere = try atTerminal(agency, ["episode", "amend", number], as: "tom")
        #expect(elsewhere.status == 77 && !elsewhere.screen.contains("What is to be corrected"))
    }

    @Test func `what is rehearsed leaves nothing but its entries in the audit`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let before = try agency.run(["show", number, "--format", "json"]).stdout
        _ = try atTerminal(agency, ["episode", "amend", number, "--language", "Spanish"])
        _ = try atTerminal(agency, ["visit", "log", number, "--at", "2025-06-03T11:00"])
        #expect(try agency.run(["show", number, "--format", "json"]).stdout == before)
        let audit = try agency.run(["audit", "list", "--case", number, "--outcome", "done"], as: "sue")
        #expect(!audit.stdout.contains("visit log"))
        #expect(!audit.stdout.contains("episode amend"))
    }

    @Test func `a refusal names the case's number in the command to take next`() throws {
        let agency = try TestAgency()
        let number = try agency.openCase()
        for (words, hint) in [
            (
                ["episode", "extend", number, "--to", "2025-07-20", "--reason", "x"],
                "followup episode arrived \(number)"
            ),
            (["plan", "show", number], "followup plan draft \(number)"),
            (["plan", "show", number, "--draft"], "followup plan draft \(number)"),
            (["plan", "print", number], "followup plan activate \(number)"),
            (["plan", "diff", number, "1", "2"], "followup plan history \(number)"),
            (["visit", "void", number, "1", "--reason", "x"], "followup visit list \(number)"),
            (["visit", "amend", number, "1", "--minutes", "5", "--reason", "x"], "followup visit list \(number)"),
        ] {
            let result = try agency.run(words, as: "sue")
            #expect(result.status != 0 && result.stderr.contains(hint), "\(words): \(result.stderr)")
            #expect(!result.stderr.contains("CASE"))
        }
    }
}
