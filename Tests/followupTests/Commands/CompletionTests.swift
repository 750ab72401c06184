import Foundation
import Testing

@testable import followup

/// What the shell offers after TAB.
struct CompletionTests {
    /// Completes the last word in a real bash, as its programmable completion calls the script.
    private func offered(_ agency: TestAgency, _ words: [String]) throws -> [String] {
        let script = """
            source <("$0" --generate-completion-script bash)
            followup() { "$tool" "$@"; }
            tool=$0
            COMP_WORDS=(followup "$@"); COMP_CWORD=$#; COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
            _followup followup "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let result = try CommandLineTool.run(
            words,
            environment: agency.environment().merging(["PATH": "/usr/bin:/bin"]) { $1 },
            under: ["/bin/bash", "-c", script]
        )
        #expect(result.stderr.isEmpty, "\(result.stderr)")
        return result.stdout.split(separator: "\n").map(String.init)
    }

    @Test func `commands, codes, sites, logins and open cases are offered`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let closed = try agency.openCase(mode: "non-mobile (phone)")
        let close = try agency.run(["episode", "close", closed, "--reason", "family moved", "--at", "2025-06-02T12:00"])
        try #require(close.status == 0, "\(close.stderr)")
        #expect(try offered(agency, ["ep"]) == ["episode"])
        #expect(try offered(agency, ["visit", "log", ""]) == [number])
        #expect(try offered(agency, ["visit", "log", number, "--by", "s"]) == ["sue"])
        #expect(try offered(agency, ["visit", "log", number, "--mode", "in"]) == ["in person"])
        #expect(try offered(agency, ["episode", "open", "--site", "T"]) == ["Torrington"])
        #expect(try offered(agency, ["episode", "open", "--town", "Harw"]) == ["Harwinton"])
        #expect(try offered(agency, ["episode", "close", number, "--reason", "un"]) == ["unable to reach"])
    }

    @Test(arguments: [["overdue"], ["visit", "log"], ["episode", "open", "--dry-run"]])
    func `a script is the same wherever in a command line it is asked for`(words: [String]) throws {
        let request = ["--generate-completion-script", "bash"]
        let script = try CommandLineTool.run(request, environment: [:])
        try #require(script.status == 0 && !script.stdout.isEmpty)
        let behind = try CommandLineTool.run(words + request, environment: [:])
        #expect(behind.status == 0)
        #expect(behind.stdout == script.stdout)
    }

    @Test func `a case of another site is not offered, and without a database nothing is`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        #expect(try offered(agency, ["visit", "log", "--as", "tom", ""]).isEmpty)
        #expect(try offered(agency, ["visit", "log", "--db", "/nonexistent/x.db", ""]).isEmpty)
    }

    @Test(arguments: ShellAtTerminal.all)
    func `at a terminal a shell completes what was begun to what is meant`(_ shell: ShellAtTerminal) throws {
        if !shell.isInstalled { try Test.cancel("SKIPPED: \(shell.name) is not installed") }
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let typed = [
            "ep", "visit log 2025", "visit log \(number) --mode i", "visit log \(number) --result unab",
            "visit log \(number) --by s", "episode close \(number) --reason un", "episode open --site T",
            "episode open --town New\\ Hart", "overdue --program ad", "visit log \(number) --dr",
        ]
        let meant = [
            ["episode"], ["visit", "log", number], ["visit", "log", number, "--mode", "in person"],
            ["visit", "log", number, "--result", "unable to locate"], ["visit", "log", number, "--by", "sue"],
            ["episode", "close", number, "--reason", "unable to reach"], ["episode", "open", "--site", "Torrington"],
            ["episode", "open", "--town", "New Hartford"], ["overdue", "--program", "adult mobile crisis"],
            ["visit", "log", number, "--dry-run"],
        ]
        let completed = try shell.completed(typed, in: agency)
        for (index, words) in completed.enumerated() { #expect(words == meant[index], "\(typed[index])") }
    }

    @Test(arguments: ShellAtTerminal.all)
    func `the script of a shell names every command and can be read by it`(_ shell: ShellAtTerminal) throws {
        let script = try CommandLineTool.run(["--generate-completion-script", shell.name], environment: [:]).stdout
        for path in try CommandDump.read().paths {
            for word in path { #expect(script.contains(word), "\(shell.name): \(path)") }
        }
        if !shell.isInstalled { try Test.cancel("SKIPPED: \(shell.name) is not installed") }
        let result = try CommandLineTool.run([], stdin: Data(script.utf8), environment: [:], under: shell.syntaxCheck)
        #expect(result.status == 0 && result.stderr.isEmpty, "\(result.stderr)")
    }

    @Test func `open cases are looked up by their own index, in the person's sites, and the audit knows`() throws {
        let agency = try TestAgency()
        let calls = ["2025-06-02T09:00", "2025-06-01T09:00", "2025-06-03T09:00"]
        let numbers = try calls.map { try agency.openCase(call: $0) }
        #expect(try offered(agency, ["episode", "void", numbers[0], "--as", "amy", "--reason", "x"]).isEmpty)
        let voided = try agency.run(["episode", "void", numbers[1], "--reason", "entered twice"], as: "sue")
        try #require(voided.status == 0, "\(voided.stderr)")
        #expect(try offered(agency, ["show", "2"]) == [numbers[0], numbers[2]])
        let last = try #require(try StoredRows.audit(agency).last)
        #expect(last.action == "look up open cases" && last.login == "bea" && last.outcome == "done")
        #expect(try offered(agency, ["show", "--as", "ann", "2"]).isEmpty)
        #expect(try StoredRows.audit(agency).last?.outcome == "refused: not-permitted")
    }

    @Test func `the database and the person are read off the half-written line`() {
        func options(_ words: String...) -> [String] { Completions.globalOptions(in: words) }
        #expect(options("followup", "visit", "log", "--db", "a b", "--as=bea", "") == ["--db=a b", "--as=bea"])
        #expect(options("followup", "--db") == [])
    }
}
