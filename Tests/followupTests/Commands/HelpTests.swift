import Foundation
import Testing

/// Help: every command has it, with an example.
struct HelpTests {
    private func help(_ path: [String]) throws -> CommandLineTool.Result {
        try CommandLineTool.run(path + ["--help"], environment: [:])
    }

    /// The commands listed in a help text.
    private func subcommands(of help: String) -> [String] {
        guard let start = help.firstRange(of: "SUBCOMMANDS:") else { return [] }
        return help[start.upperBound...].split(separator: "\n").compactMap { line in
            guard line.hasPrefix("  "), line.dropFirst(2).first?.isLetter == true else { return nil }
            let word = line.dropFirst(2).prefix { $0 != " " }
            return word == "See" ? nil : String(word)
        }
    }

    @Test func `every command answers with an example of its own`() throws {
        var paths: [[String]] = [[]]
        var count = 0
        while let path = paths.popLast() {
            let result = try help(path)
            count += 1
            #expect(result.status == 0)
            #expect(result.stderr.isEmpty)
            #expect(result.stdout.contains("Example:\n  followup"), "\(path)")
            let name = (["followup"] + path).joined(separator: " ")
            #expect(result.stdout.contains("  \(name)"), "the example of \(name) shows another command")
            // The parser does not wrap the line of usage.
            for line in result.stdout.split(separator: "\n") where !line.hasPrefix("USAGE:") {
                #expect(line.count <= 80, "\(name): \(line)")
            }
            paths += subcommands(of: result.stdout).map { path + [$0] }
        }
        #expect(count >= 26)
    }

    @Test func `no line of a description is broken once more where help is printed`() throws {
        for (path, command) in try CommandDump.read().all {
            for line in (command.discussion ?? "").split(separator: "\n") {
                #expect(line.count <= 80, "\(path.joined(separator: " ")): \(line)")
            }
        }
    }

    @Test func `commands that write offer a dry run, commands that list offer formats`() throws {
        for path in ["init", "visit log", "visit void", "episode open", "site add", "staff retire", "holiday remove"] {
            #expect(try help(path.split(separator: " ").map(String.init)).stdout.contains("--dry-run"), "\(path)")
        }
        for path in ["staff list", "site list", "policy show", "holiday list"] {
            let text = try help(path.split(separator: " ").map(String.init)).stdout
            #expect(text.contains("--format") && !text.contains("--dry-run"), "\(path)")
        }
    }

    @Test func `the version is a number`() throws {
        let result = try CommandLineTool.run(["--version"], environment: [:])
        #expect(result.status == 0)
        #expect(result.stdout.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }

    @Test func `completions are made for three shells`() throws {
        for shell in ["bash", "zsh", "fish"] {
            let result = try CommandLineTool.run(["--generate-completion-script", shell], environment: [:])
            #expect(result.status == 0)
            #expect(result.stdout.contains("holiday"))
        }
    }
}
