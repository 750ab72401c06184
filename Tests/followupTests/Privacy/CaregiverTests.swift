import Foundation
import Testing

/// Minor-consented care: the caregiver's name and phone number come out nowhere but where the rules allow it
/// (practice.md section 7), whatever command lists, shows, prints or exports.
struct CaregiverTests {
    private static let name = "Xyzzyva Guardian"
    private static let phone = "860-555-0177"

    /// What each command is run with. `CASE`, `VISIT` and `CLIENT` stand for those of the case.
    private static let runs: [String: [[String]]] = [
        "episode list": [[], ["--all"], ["--clinician", "bea"]],
        "episode show": [["CASE"], ["CASE", "--all"]],
        "show": [["CASE"], ["CASE", "--all"], ["CASE", "--as-of", "2025-06-10T12:00"]],
        "visit list": [["CASE"]],
        "plan show": [["CASE"]],
        "plan history": [["CASE"]],
        "plan diff": [["CASE", "1", "2"]],
        "plan print": [["CASE"], ["CASE", "--family", "--override", "the youth asked"]],
        "referral list": [[], ["CASE"], ["--open"]],
        "referral show": [["CASE", "1"]],
        "client find": [["Youth"], ["CLIENT"], ["CASE"], [name], [phone]],
        "client show": [["CLIENT"], ["CASE"]],
        "overdue": [
            [], ["--within", "30"], ["--by", "clinician"], ["--count"], ["--as-of", "2025-06-12T12:00"], ["--check"],
        ],
        "today": [["--clinician", "bea"], ["--clinician", "bea", "--as-of", "2025-06-12T12:00"]],
        "calendar": [["--clinician", "bea"]],
        "report": [["--fiscal-year", "2025"]],
        "check": [[]],
        "staff list": [[]],
        "site list": [[]],
        "holiday list": [[]],
        "policy show": [[]],
        "code list": [[]],
        "audit list": [[]],
        "audit verify": [[]],
        "changes": [["--since", "2020-01-01T00:00"]],
        "caseload": [[]],
    ]

    /// Where the two may come out: the record itself, and what was overridden with a reason that the audit keeps.
    private static let allowed: [[String]] = [
        ["export", "episodes"], ["show", "CASE", "--override", "the youth asked us to call"],
        ["episode", "show", "CASE", "--override", "the youth asked us to call"],
    ]

    /// The audit keeps what a change replaced, and is read by who inspects (practice.md section 7).
    private static let keepsChanges: Set<String> = ["audit list", "changes", "export audit"]

    /// Commands that show nothing of the database, or have the two written on another way.
    private static let apart: Set<String> = ["demo", "init", "export", "restore", "decrypt", "backup"]

    private struct MarkedCase {
        let agency: TestAgency
        let number: String
        let client: String

        func words(_ words: [String]) -> [String] {
            words.map { $0 == "CASE" ? number : $0 == "CLIENT" ? client : $0 }
        }

        func run(_ words: [String]) throws -> CommandLineTool.Result {
            try agency.run(self.words(words), as: "amy")
        }
    }

    private static func markedCase() throws -> MarkedCase {
        let agency = try TestAgency()
        let number = try agency.arrivedCase(extra: [
            "--minor-consented", "--caregiver-name", name, "--caregiver-phone", "860-555-0100",
        ])
        let steps: [([String], String)] = [
            (["episode", "amend", number, "--caregiver-phone", phone, "--reason", "typing"], ""),
            (["visit", "log", number, "--at", "2025-06-03T10:00", "--mode", "phone", "--with", "youth"], ""),
            (
                [
                    "referral", "add", number, "--service", "outpatient", "--agency", "Clinic", "--at",
                    "2025-06-03T10:00",
                ], ""
            ),
            (["referral", "offer", number, "1", "--at", "2025-06-03T10:00"], ""),
            (["referral", "send", number, "1", "--at", "2025-06-03T10:00"], ""),
            (["plan", "draft", number, "--file", "-"], PlanForms.form()),
            (["plan", "activate", number, "--at", "2025-06-03T10:00"], ""),
            (["plan", "draft", number, "--file", "-"], PlanForms.form(coping: ["drums"])),
            (["plan", "activate", number, "--at", "2025-06-04T10:00", "--reason", "scheduled review"], ""),
            (["plan", "draft", number, "--file", "-"], PlanForms.form(coping: ["a walk"])),
        ]
        for (words, stdin) in steps {
            let result = try agency.run(words, stdin: stdin)
            try #require(result.status == 0, "\(words): \(result.stderr)")
        }
        let shown = try agency.run(["client", "show", number, "--format", "json"])
        return MarkedCase(
            agency: agency,
            number: number,
            client: try #require(shown.object?["client_ref"] as? String)
        )
    }

    /// The kinds that `export` takes, from the program itself.
    private static func exportKinds() throws -> [String] {
        let dump = try CommandLineTool.run(["--experimental-dump-help"], environment: [:])
        let command = dump.object?["command"] as? [String: Any]
        let commands = command?["subcommands"] as? [[String: Any]] ?? []
        let export = try #require(commands.first { $0["commandName"] as? String == "export" })
        let arguments = export["arguments"] as? [[String: Any]] ?? []
        let kinds = arguments.first { $0["kind"] as? String == "positional" }?["allValues"] as? [String]
        return try #require(kinds)
    }

    private static func markers(in result: CommandLineTool.Result) -> [String] {
        let said = result.stdout + result.stderr
        let unmarked = phone.filter(\.isNumber)
        return [name, "Xyzzyva", phone, unmarked].filter { said.localizedCaseInsensitiveContains($0) }
    }

    @Test func `the caregiver of minor-consented care comes out of no command but those that may`() throws {
        let marked = try Self.markedCase()
        let dump = try CommandDump.read()
        var unknown: [String] = []
        for (path, command) in dump.all where command.below.isEmpty && !path.isEmpty {
            let name = path.joined(separator: " ")
            let options = Set((command.arguments ?? []).flatMap { $0.names ?? [] }.map(\.name))
            // What writes prints a receipt, which PrivacyTests looks at.
            if options.contains("dry-run") || Self.apart.contains(name) || name == "help" { continue }
            guard let runs = Self.runs[name] else {
                unknown.append(name)
                continue
            }
            for arguments in runs {
                for format in options.contains("format") && name != "calendar" ? ["table", "csv", "json"] : [nil] {
                    let words = path + arguments + (format.map { ["--format", $0] } ?? [])
                    let result = try marked.run(words)
                    #expect([0, 1, 3].contains(result.status) || result.status == 64, "\(words): \(result.stderr)")
                    if !Self.keepsChanges.contains(name) { #expect(Self.markers(in: result) == [], "\(words)") }
                }
            }
        }
        #expect(unknown == [], "say here what these are to be run with")
        for kind in try Self.exportKinds() where kind != "episodes" {
            for format in ["csv", "json"] {
                let result = try marked.run(["export", kind, "--format", format])
                #expect(result.status == 0, "\(kind): \(result.stderr)")
                if !Self.keepsChanges.contains("export \(kind)") {
                    #expect(Self.markers(in: result) == [], "export \(kind)")
                }
            }
        }
        let draft = try marked.run(["plan", "draft", "CASE", "--form"])
        #expect(draft.status == 0 && Self.markers(in: draft) == [])
    }

    @Test func `the record itself and what is overridden with a reason show the caregiver, and the audit says so`()
        throws
    {
        let marked = try Self.markedCase()
        for words in Self.allowed {
            for format in ["table", "csv", "json"] {
                let result = try marked.run(words + ["--format", format])
                #expect(result.status == 0, "\(result.stderr)")
                #expect(result.stdout.contains(Self.name) && result.stdout.contains(Self.phone), "\(words)")
                #expect(!result.stderr.contains("Xyzzyva"))
            }
        }
        let audit = try StoredRows.audit(marked.agency)
        let shown = audit.filter { $0.action == "show" && $0.detail.contains("override_reason") }
        #expect(shown.count == 3 && shown.allSatisfy { $0.outcome == "done" })
        #expect(shown.first?.detail == #"{"override_reason":[null,"the youth asked us to call"]}"#)
        let export = try marked.run(["export", "episodes"])
        #expect(export.stderr.contains("the caregiver's name or phone number of 1 case of minor-consented care"))
        // Who may not read the case is refused with a reason as without one.
        let other = try marked.agency.run(["show", marked.number, "--override", "x"], as: "tom")
        #expect(other.status == 77 && Self.markers(in: other) == [])
        #expect(try marked.run(["show", "CASE", "--override", " "]).status == 64)
    }

    @Test func `without the youth's consent alone the same commands show the caregiver`() throws {
        let marked = try Self.markedCase()
        #expect(try marked.run(["episode", "amend", "CASE", "--no-minor-consented", "--reason", "x"]).status == 0)
        for words in [["show", "CASE"], ["overdue"], ["today", "--clinician", "bea"]] {
            let result = try marked.run(words)
            #expect(result.stdout.contains(Self.phone), "\(words)")
        }
        #expect(try !marked.run(["export", "episodes"]).stderr.contains("minor-consented"))
    }

    @Test func `no other file of export is said to hold a caregiver`() throws {
        let marked = try Self.markedCase()
        for kind in try Self.exportKinds() where kind != "episodes" {
            #expect(try !marked.run(["export", kind]).stderr.contains("caregiver"), "\(kind)")
        }
    }
}
