import Foundation
import Testing

/// The examples in the help: what somebody copies from there has to be taken.
struct ExampleTests {
    /// The commands that the lines of an example start, continued lines joined, each up to the next pipe or redirection.
    private static func commands(in discussion: String) -> [[String]] {
        let lines = discussion.replacing("\\\n", with: "").split(separator: "\n").filter { $0.hasPrefix("  ") }
        return lines.flatMap { line in
            var commands: [[String]] = []
            var current: [String]?
            for word in ShellWords.split(String(line)) {
                if word == "followup", current == nil {
                    current = []
                } else if ["|", ">", "<", "&&", "||", ";"].contains(word) {
                    if let done = current { commands.append(done) }
                    current = nil
                } else {
                    current?.append(word)
                }
            }
            return commands + (current.map { [$0] } ?? [])
        }
    }

    @Test func `every command shows an example of itself, with options that it has and values for them`() throws {
        let dump = try CommandDump.read()
        let all = Dictionary(uniqueKeysWithValues: dump.all.map { ($0.path, $0.command) })
        #expect(all.count >= 60)
        for (path, command) in all {
            let name = (["followup"] + path).joined(separator: " ")
            let discussion = command.discussion ?? ""
            #expect(discussion.contains("Example:\n  "), "\(name) has no example")
            let examples = Self.commands(in: discussion)
            let isOwn = examples.contains { $0.starts(with: path) }
            #expect(isOwn, "no example of \(name) begins with it")
            for words in examples { Self.check(words, among: all, in: name) }
        }
    }

    /// Checks an example's words against the arguments of the command it starts.
    private static func check(_ words: [String], among all: [[String]: CommandDump.Command], in name: String) {
        let example = words.joined(separator: " ")
        guard let (path, command) = all.filter({ words.starts(with: $0.key) }).max(by: { $0.key.count < $1.key.count }),
            command.below.isEmpty
        else {
            Issue.record("an example in the help of \(name) starts no command: followup \(example)")
            return
        }
        let arguments = command.arguments ?? []
        var positionals = 0
        var rest = words.dropFirst(path.count)
        while let word = rest.popFirst() {
            guard word.hasPrefix("-"), word != "-" else {
                positionals += 1
                continue
            }
            let option = arguments.first { argument in
                (argument.names ?? []).contains { word == $0.written || word.hasPrefix($0.written + "=") }
            }
            #expect(option != nil, "\(name): followup \(path.joined(separator: " ")) has no \(word)")
            guard option?.kind == "option", !word.contains("=") else { continue }
            let value = rest.popFirst()
            #expect(value != nil, "\(name): \(word) has no value in: followup \(example)")
        }
        let places = arguments.filter { $0.kind == "positional" }
        #expect(
            places.contains { $0.isRepeating } || positionals <= places.count,
            "\(name): too many values in: followup \(example)"
        )
    }
}
