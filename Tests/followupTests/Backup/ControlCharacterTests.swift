import Foundation
import Testing

@testable import followup

/// Records are typed by many hands and come in by files: nothing in them may move the cursor, change a color, set the
/// terminal's title or turn a line around.
struct ControlCharacterTests {
    /// Escape sequences, the one-byte CSI of C1, a bell, a backspace, a delete and an override of the direction.
    private static let nasty = "x\u{1B}[31m\u{1B}]0;title\u{7}\u{9B}2J\u{8}\u{7F}\u{202E}y"

    private static func agency() throws -> (TestAgency, number: String) {
        let agency = try TestAgency()
        let opening = [
            "episode", "open", "--call", "2025-06-02T11:30", "--mode", "mobile", "--town", "Hartford",
            "--referral-source", "school", "--presenting-problem", "anxiety", "--first-name", "A" + nasty,
            "--last-name", "B" + nasty, "--caregiver-name", "C" + nasty, "--caregiver-phone", "860 555 0100" + nasty,
            "--language", "D" + nasty, "--format", "json",
        ]
        let opened = try agency.run(opening)
        let number = try #require(opened.object?["case_number"] as? String, "\(opened.stderr)")
        for words in [
            ["episode", "arrived", number, "--at", "2025-06-02T12:00"],
            [
                "visit", "log", number, "--at", "2025-06-03T10:00", "--mode", "phone", "--with", "youth", "--note",
                "first line\n" + nasty,
            ],
            ["referral", "add", number, "--service", "outpatient", "--agency", "E" + nasty],
        ] {
            let result = try agency.run(words)
            #expect(result.status == 0, "\(words[0]): \(result.stderr)")
        }
        let added = try agency.run(
            ["staff", "add", "nat", "--name", "N" + nasty, "--role", "clinician@Hartford"],
            as: "amy"
        )
        #expect(added.status == 0, "\(added.stderr)")
        return (agency, number)
    }

    /// Everything that lists or shows, as the command line has it.
    private static func listings(_ number: String) -> [(words: [String], login: String)] {
        [
            (["show", number], "bea"), (["today"], "bea"), (["overdue"], "bea"), (["episode", "list"], "bea"),
            (["visit", "list", number], "bea"), (["client", "find", "B"], "bea"),
            (["referral", "list", number], "bea"),
            (["referral", "show", number, "1"], "bea"), (["plan", "history", number], "bea"),
            (["plan", "show", number], "bea"), (["calendar"], "bea"), (["staff", "list"], "amy"),
            (["site", "list"], "amy"), (["policy", "show"], "amy"), (["holiday", "list"], "amy"),
            (["code", "list"], "amy"), (["audit", "list"], "amy"), (["audit", "verify"], "amy"),
            (["changes", "--since", "2020-01-01"], "amy"), (["caseload"], "amy"), (["check"], "amy"),
            (["report", "--from", "2025-06-01", "--to", "2025-06-30"], "amy"),
            (["export", "overdue", "--format", "json"], "bea"),
            (["export", "visits", "--format", "json"], "bea"), (["export", "summary", "--format", "json"], "bea"),
        ]
    }

    private static func hidden(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { VisibleText.isHidden($0) && $0 != "\n" && $0 != "\r" }
    }

    @Test func `no list and no detail hands a control character of the record to the terminal`() throws {
        let (agency, number) = try Self.agency()
        var shown = 0
        for (words, login) in Self.listings(number) {
            // A calendar has a format of its own.
            let isFixed = words.contains("--format") || words == ["calendar"]
            for format in isFixed ? [[]] : [[], ["--format", "json"]] {
                let result = try agency.run(words + format, as: login)
                #expect(Self.hidden(result.stdout) == [], "\(words + format)")
                #expect(Self.hidden(result.stderr) == [], "\(words + format)")
                #expect(result.status != 64, "\(words): \(result.stderr)")
                if ["u{1B}", "u001b", "u001B"].contains(where: result.stdout.contains) { shown += 1 }
            }
        }
        // Most of them do show the text: the test would else prove nothing.
        #expect(shown > 12, "\(shown)")
    }

    @Test func `CSV keeps the text as it is for programs, and a terminal gets it made visible`() throws {
        let (agency, number) = try Self.agency()
        let words = ["visit", "list", number, "--format", "csv"]
        let piped = try agency.run(words)
        #expect(piped.stdout.contains(Self.nasty))
        let script = "exec \"$0\" \"$@\" >&2"
        let terminal = try TalkingTerminal(
            ["-c", script, CommandLineTool.path] + words,
            environment: agency.environment(),
            program: "/bin/sh"
        )
        let result = try terminal.finish()
        #expect(result.status == 0, "\(result.screen)")
        #expect(Self.hidden(result.screen) == [])
        #expect(result.screen.contains("\\u{1B}"))
    }
}
