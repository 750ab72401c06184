internal import ArgumentParser
private import Services

/// The commands by name: the one that is meant, and what to say when none is.
enum CommandTree {
    /// What the words come to when they begin with the full name of a command and are right; `nil` for anything else,
    /// help included.
    ///
    /// The parser would look through every command above this one first, at the cost of all else that `visit log` does.
    static func command(of words: [String]) -> (any ParsableCommand)? {
        var command: any ParsableCommand.Type = Followup.self
        var rest = words[...]
        while let name = rest.first,
            let next = command.configuration.subcommands.first(where: { $0._commandName == name })
        {
            command = next
            rest = rest.dropFirst()
        }
        guard command.configuration.subcommands.isEmpty else { return nil }
        return try? command.parse(Array(rest))
    }

    /// The words that name the command of a command line, such as `visit log`.
    static func path(of words: [String]) -> String {
        var command: any ParsableCommand.Type = Followup.self
        var path: [String] = []
        for name in words {
            guard let next = command.configuration.subcommands.first(where: { $0._commandName == name }) else { break }
            command = next
            path.append(name)
        }
        return path.isEmpty ? "followup" : path.joined(separator: " ")
    }

    /// The commands that stand below a path such as `followup visit`; empty for one that does the work itself.
    static func names(below path: [String]) -> [String] {
        var command: any ParsableCommand.Type = Followup.self
        for name in path.dropFirst() {
            guard let next = command.configuration.subcommands.first(where: { $0._commandName == name }) else {
                return []
            }
            command = next
        }
        return command.configuration.subcommands.map { $0._commandName }
    }

    /// What to say when none of these commands was named.
    static func unknownCommand(_ words: [String], among names: [String]) -> String {
        // Only the first word that is no option can have been meant for a command.
        let typed = words.first { !$0.hasPrefix("-") && !names.contains($0) } ?? ""
        let near = NearMatches.of(typed, in: names).first
        return "there is no such command" + (near.map { "; did you mean \($0)?" } ?? "")
    }
}
