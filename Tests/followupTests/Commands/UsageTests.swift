import Foundation
import Testing

@testable import followup

/// Command lines that cannot be understood: status 64, what is missing is named, and nothing that was typed is repeated.
struct UsageTests {
    @Test(arguments: [
        (["visit", "log"], "<case>"),
        (["visit", "log", "2025-00001"], "--mode"),
        (["visit", "log", "2025-00001", "--mode", "phone"], "--with"),
        (["visit", "log", "2025-00001", "--mode", "phone", "--with", "youth", "--minutes", "1441"], "--minutes"),
        (["visit", "log", "2025-00001", "--mode", "phone", "--with", "youth", "--minutes=-1"], "--minutes"),
        (["visit", "log", "2025-00001", "--mode", "by mail", "--with", "youth"], "--mode"),
        (["visit", "void", "2025-00001"], "<visit-id>"),
        (["visit", "void", "2025-00001", "1"], "--reason"),
        (["visit", "void", "2025-00001", "1", "--reason", "  "], "--reason"),
        (["episode", "open"], "--first-name"),
        (["episode", "open", "--first-name", "A"], "--last-name"),
        (["episode", "open", "--client", "P1"], "--call"),
        (["episode", "open", "--client", "P1", "--call", "now"], "--mode"),
        (["episode", "open", "--client", "P1", "--sex", "male", "--call", "now"], "--client"),
        (["episode", "arrived"], "<case>"),
        (["episode", "extend", "2025-00001", "--reason", "x"], "--to"),
        (["episode", "extend", "2025-00001", "--to", "2025-12-01"], "--reason"),
        (["episode", "close", "2025-00001"], "--reason"),
        (["episode", "close", "2025-00001", "--reason", "x", "--at", "now", "--on", "today"], "--on"),
        (["episode", "amend", "2025-00001", "--reason", "x"], "--arrived"),
        (["episode", "amend", "2025-00001", "--arrived", "now"], "--reason"),
        (["staff", "add", "kim", "--name", "Kim"], "--role"),
        (["staff", "add", "kim", "--role", "analyst"], "--name"),
        (["staff", "add", "kim", "--name", "Kim", "--role", "boss"], "--role"),
        (["staff", "add", "kim", "--name", "Kim", "--role", "analyst@"], "--role"),
        (["staff", "set", "bea"], "--role"),
        (["site", "towns", "Hartford"], "--town"),
        (["site", "towns", "Hartford", "--town", "Hartford", "--none"], "--none"),
        (["holiday", "add", "2025-12-25"], "<name>"),
        (["holiday", "add"], "<date>"),
        (["staff", "list", "--format", "xml"], "--format"),
        (["staff", "list", "--db", ""], "--db"),
        (["visit", "lgo"], "log"),
        (["episdoe", "open"], "episode"),
    ])
    func `what is missing or wrong is named`(words: [String], name: String) throws {
        let agency = try TestAgency()
        let result = try agency.run(words, as: "amy")
        #expect(result.status == 64, "\(result.stderr)")
        #expect(result.stderr.contains(name), "\(result.stderr)")
        #expect(result.stderr.hasPrefix("error: "))
        #expect(result.stdout.isEmpty)
    }

    @Test func `what is looked for first are commands of the program`() {
        #expect(!CommandTree.frequentNames.isEmpty)
        #expect(Set(CommandTree.frequentNames).isSubset(of: CommandTree.names(below: ["followup"])))
    }

    @Test func `a missing code value comes with the list of codes`() throws {
        let agency = try TestAgency()
        let result = try agency.run(["visit", "log", "2025-00001", "--mode", "phone"])
        #expect(result.stderr.contains("youth, caregiver, both, school, other provider"))
    }

    @Test(arguments: [
        (["visit", "log", "2025-00001", "--mode", "telephone"], "one of: phone, in person, video, text, letter"),
        (["export", "disposition"], "one of: dispositions, summary, episodes, extensions, visits, plans, referrals"),
        (["staff", "add", "kim", "--name", "Kim", "--role", "superviser"], "one of: supervisor, clinician, analyst"),
        (["staff", "set", "kim", "--role", "analyst@"], "one of: analyst, clinician, supervisor, administrator"),
        (["report", "--cells", "response-intime"], "Did you mean one of: response-in-time, "),
        (["audit", "list", "--outcome", "refusd"], "one of: refused, done, failed, begun, dry run"),
    ])
    func `a value that is none of the choices is answered with them, the nearest first`(
        words: [String],
        choices: String
    ) throws {
        let agency = try TestAgency()
        let result = try agency.run(words, as: "amy")
        #expect(result.status == 64 && result.stderr.contains(choices), "\(result.stderr)")
        #expect(result.stdout.isEmpty)
    }

    @Test func `every outcome that the audit has may be asked for`() throws {
        let agency = try TestAgency()
        for outcome in ["done", "refused", "failed", "begun", "dry run", "refused: window-closed"] {
            #expect(try agency.run(["audit", "list", "--outcome", outcome], as: "amy").status == 0, "\(outcome)")
        }
    }

    @Test(arguments: [
        (
            "Unexpected argument 'MARKER'",
            "there is an argument that this command does not take (a text with spaces needs quotes)"
        ),
        (
            "2 unexpected arguments: 'MARKER', 'x'",
            "there is an argument that this command does not take (a text with spaces needs quotes)"
        ),
        ("Unknown option '--nope'. Did you mean '--note'?", "there is no option --nope; did you mean --note?"),
        ("Unknown option '- MARKER'", "there is no such option"),
        ("Unknown option '--MARKER said'", "there is no such option"),
        (
            "Missing value for '--note <text>'",
            "the value of --note is missing (write --option=VALUE if it begins with a hyphen)"
        ),
        ("Missing expected argument '<case>'", "<case> is missing"),
        ("The value 'MARKER' is invalid for '--minutes <minutes>'", "the value of --minutes cannot be taken"),
        (
            "The value 'is invalid for '--x'. Please provide one of 'MARKER'' is invalid for '--mode <mode>'. "
                + "Please provide one of 'a', 'b' and 'c'.",
            "the value of --mode cannot be taken; it is one of: a, b, c"
        ),
        ("The value 'MARKER' cannot be used", "a value cannot be taken"),
        ("Something else about MARKER", "the command line could not be understood"),
    ])
    func `the parser's words are passed on without what was typed`(message: String, words: String) {
        #expect(UsageFailure.withoutValues(message) == words)
    }

    @Test func `options of every command may stand before it`() {
        func order(_ words: String...) -> [String] { RawArguments(words: words).inOrder }
        #expect(order("--db", "x", "--quiet", "visit", "log") == ["visit", "log", "--db", "x", "--quiet"])
        #expect(order("--db=x", "a", "--", "b") == ["a", "--db=x", "--", "b"])
        #expect(order("visit", "--db", "x") == ["visit", "--db", "x"])
        #expect(order("--db") == ["--db"])
        #expect(order("--version") == ["--version"])
    }

    @Test func `JSON is recognized wherever it is asked for, but not as a value behind two hyphens`() {
        #expect(RawArguments(words: ["a", "--format", "json"]).asksForJSON)
        #expect(RawArguments(words: ["--format=json"]).asksForJSON)
        #expect(!RawArguments(words: ["--format", "csv", "json"]).asksForJSON)
        #expect(!RawArguments(words: ["--", "--format", "json"]).asksForJSON)
    }

    @Test func `bytes that are no UTF-8 are refused rather than kept as something else`() throws {
        let agency = try TestAgency()
        let script = "exec \"$0\" visit log 2025-00001 --mode phone --with youth --note \"$(printf 'caf\\351')\""
        let result = try CommandLineTool.run(
            [],
            environment: agency.environment(),
            under: ["/bin/sh", "-c", script]
        )
        #expect(result.status == 64)
        #expect(result.stderr.contains("UTF-8"))
    }
}
