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

    @Test func `a case of another site is not offered, and without a database nothing is`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        #expect(try offered(agency, ["visit", "log", "--as", "tom", ""]).isEmpty)
        #expect(try offered(agency, ["visit", "log", "--db", "/nonexistent/x.db", ""]).isEmpty)
    }

    @Test func `the database and the person are read off the half-written line`() {
        func options(_ words: String...) -> [String] { Completions.globalOptions(in: words) }
        #expect(options("followup", "visit", "log", "--db", "a b", "--as=bea", "") == ["--db=a b", "--as=bea"])
        #expect(options("followup", "--db") == [])
    }
}
