import Foundation
import Testing

/// Opening at a terminal: the client is looked for first, and a phone-only episode takes five answers.
struct OpeningTests {
    private func atTerminal(_ agency: TestAgency, _ words: [String], typing lines: [String]) throws
        -> PretendTerminal.Result
    {
        try PretendTerminal.run(words, typing: lines, environment: agency.environment())
    }

    private func answers(_ agency: TestAgency, _ lines: [String]) throws -> PretendTerminal.Result {
        try atTerminal(agency, ["episode", "phone"], typing: lines)
    }

    @Test func `a phone-only episode of a new client takes four answers, and is closed`() throws {
        let agency = try TestAgency()
        let result = try answers(agency, ["Test, Only 2012-03-04 female", "school", "anx", "met"])
        #expect(result.status == 0, "\(result.screen)")
        #expect(result.stdout.hasSuffix("  phone episode opened and closed  nothing due\n"))
        #expect(try StoredRows.counts(agency)["client"] == 1)
        let list = try agency.run(["episode", "list", "--all", "--format", "csv"])
        #expect(list.stdout.contains("non-mobile (phone)"))
        let open = try agency.run(["episode", "list", "--format", "csv"])
        #expect(open.stdout.split(whereSeparator: \.isNewline).count == 1)
    }

    @Test func `a new client's birth date is asked for when it was not typed, and may stay unknown`() throws {
        let agency = try TestAgency()
        let asked = try answers(agency, ["Test, Only", "2012-03-04", "school", "anx", "met"])
        #expect(asked.status == 0 && asked.screen.contains("Birth date [none]"), "\(asked.screen)")
        let shown = try agency.run(["client", "find", "Test", "--format", "csv"])
        #expect(shown.stdout.contains("2012-03-04"))
        let unknown = try answers(agency, ["Other, Name", "", "school", "anx", "met"])
        #expect(unknown.status == 0, "\(unknown.screen)")
    }

    @Test func `a phone-only episode of a known client takes five answers`() throws {
        let agency = try TestAgency()
        _ = try agency.openCase()
        let result = try answers(agency, ["test", "1", "school", "anx", "met"])
        #expect(result.status == 0, "\(result.screen)")
        #expect(result.screen.contains("Test, Only"))
        #expect(try StoredRows.counts(agency)["client"] == 1)
        let all = try agency.run(["episode", "list", "--all", "--format", "csv"])
        #expect(all.stdout.split(whereSeparator: \.isNewline).count == 3)
    }

    @Test func `a reference is not asked about, and the last answer saves`() throws {
        let agency = try TestAgency()
        let number = try agency.openCase()
        let words = ["episode", "phone", "--client", number, "--referral-source", "police"]
        let result = try atTerminal(agency, words, typing: ["trauma", "family d"])
        // A case number names its client as well.
        #expect(result.status == 0, "\(result.screen)")
        let ref = try #require(
            agency.run(["client", "show", number, "--format", "json"]).object?["client_ref"] as? String
        )
        let known = try atTerminal(
            agency,
            ["episode", "phone", "--client", ref, "--referral-source", "police"],
            typing: ["trauma", "family d"]
        )
        #expect(known.status == 0, "\(known.screen)")
        let typed = try answers(agency, [ref.lowercased(), "school", "anx", "met"])
        #expect(typed.status == 0, "\(typed.screen)")
        #expect(try StoredRows.counts(agency)["client"] == 1)
    }

    @Test func `pitfall 30 a phone-only episode broken off before its last answer leaves nothing`() throws {
        let agency = try TestAgency()
        let before = try StoredRows.counts(agency)
        for lines in [["Test, Only"], ["Test, Only", "", "school", "anx"]] {
            let result = try answers(agency, lines + [PretendTerminal.endOfInput])
            #expect(result.status == 64, "\(result.screen)")
        }
        var after = try StoredRows.counts(agency)
        after["audit"] = before["audit"]
        #expect(after == before)
    }

    @Test func `one line opens and closes it without a terminal`() throws {
        let agency = try TestAgency()
        let words = [
            "episode", "phone", "--first-name", "-", "--last-name", "-", "--referral-source", "988",
            "--presenting-problem", "anxiety", "--reason", "met treatment goals", "--transfer-from", "988",
            "--transfer-ref", "T-9", "--format", "json",
        ]
        let result = try agency.run(words, stdin: "Only\nTest\n")
        #expect(result.status == 0, "\(result.stderr)")
        let number = try #require(result.object?["case_number"] as? String)
        let shown = try agency.run(["show", number, "--format", "json"])
        #expect(shown.object?["transfer_from"] as? String == "988" && shown.object?["transfer_ref"] as? String == "T-9")
        #expect(shown.object?["discharge_reason"] as? String == "met treatment goals")
        let incomplete = try agency.run(
            words.filter { $0 != "--reason" && $0 != "met treatment goals" },
            stdin: "A\nB\n"
        )
        #expect(incomplete.status == 64 && incomplete.stderr.contains("--reason"))
    }

    @Test func `pitfall 21 near names are offered before a second record is made, and can be overruled`() throws {
        let agency = try TestAgency()
        let first = try agency.run(
            TestAgency.opening(lastName: "Lo") + ["--birth-date", "2012-03-04", "--format", "json"]
        )
        try #require(first.status == 0, "\(first.stderr)")
        let rest = ["now", "mobile", "school", "anx", "Hartford", "y"]
        // Too short a name to be searched for with a slip, but of a child born that day it is near.
        let near = try atTerminal(
            agency,
            ["episode", "open"],
            typing: ["Li, Only 2012-03-04 female", "somebody"] + rest
        )
        #expect(near.status == 0, "\(near.screen)")
        #expect(near.screen.contains("Is it one of these"))
        #expect(try StoredRows.counts(agency)["client"] == 2)
        let same = try atTerminal(agency, ["episode", "open"], typing: ["Ly, Only 2012-03-04 female", "Lo,"] + rest)
        #expect(same.status == 0, "\(same.screen)")
        #expect(try StoredRows.counts(agency)["client"] == 2)
        let again = TestAgency.opening(lastName: "Lo") + ["--birth-date", "2012-03-04"]
        let piped = try agency.run(again)
        #expect(piped.status == 1 && piped.stderr.hasPrefix("refused [possible-duplicate]: "))
        #expect(try agency.run(again + ["--new-client"]).status == 0)
    }

    @Test func `pitfall 21 a closed case of the same child is found by name`() throws {
        let agency = try TestAgency()
        let number = try agency.openCase(lastName: "Tester")
        let words = ["episode", "close", number, "--reason", "family moved", "--override", "moved"]
        try #require(agency.run(words, as: "sue").status == 0)
        let rest = ["now", "mobile", "school", "anx", "Hartford", "y"]
        let known = try atTerminal(agency, ["episode", "open"], typing: ["testre", "1"] + rest)
        #expect(known.status == 0, "\(known.screen)")
        #expect(known.screen.contains("\(number) closed"))
        #expect(try StoredRows.counts(agency)["client"] == 1)
    }

    @Test func `an adult's program asks how the adult came, and a warm transfer for its reference`() throws {
        let agency = try TestAgency()
        let lines = [
            "Test, Grown 1980-01-01 male", "adult", "walk", "Capitol Region", "now", "mobile", "988", "psych",
            "Hartford",
            "", "T-17", "y",
        ]
        let result = try atTerminal(agency, ["episode", "open"], typing: lines)
        #expect(result.status == 0, "\(result.screen)")
        let number = String(result.stdout.prefix { $0 != " " })
        let shown = try agency.run(["show", number, "--format", "json"]).object
        #expect(shown?["access_channel"] as? String == "walk-in clinic")
        #expect(shown?["authority"] as? String == "Capitol Region")
        #expect(shown?["transfer_from"] as? String == "988" && shown?["transfer_ref"] as? String == "T-17")
        #expect(shown?["window_ends_on"] is NSNull)
    }

    @Test func `an adult without an access channel is opened with a warning`() throws {
        let agency = try TestAgency()
        let result = try agency.run(TestAgency.opening() + ["--program", "adult mobile crisis"])
        #expect(result.status == 0)
        #expect(result.stderr.contains("--access-channel"))
    }

    @Test func `who may open nowhere is told before anything is asked`() throws {
        let agency = try TestAgency()
        let result = try PretendTerminal.run(
            ["episode", "open"],
            typing: [],
            environment: agency.environment(as: "ann")
        )
        #expect(result.status != 0 && !result.screen.contains("Client: "))
    }
}
