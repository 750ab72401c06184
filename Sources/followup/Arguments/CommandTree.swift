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
        while let name = rest.first, let next = next(named: name, below: command) {
            command = next
            rest = rest.dropFirst()
        }
        guard command.configuration.subcommands.isEmpty, let parsed = try? command.parseAsRoot(Array(rest)) else {
            return nil
        }
        // A request for help is a command too, and another one.
        return type(of: parsed) == command ? parsed : nil
    }

    /// The words that name the command of a command line, such as `visit log`.
    static func path(of words: [String]) -> String {
        var command: any ParsableCommand.Type = Followup.self
        var path = ""
        for name in words {
            guard let next = next(named: name, below: command) else { break }
            command = next
            path += path.isEmpty ? name : " " + name
        }
        return path.isEmpty ? "followup" : path
    }

    /// The commands that stand below a path such as `followup visit`; empty for one that does the work itself.
    static func names(below path: [String]) -> [String] {
        var command: any ParsableCommand.Type = Followup.self
        for name in path.dropFirst() {
            guard let next = next(named: name, below: command) else { return [] }
            command = next
        }
        return command.configuration.subcommands.map { $0._commandName }
    }

    /// The commands of every hour. They are looked for first: before a command is found, those that stand before it in
    /// the list are set up, with all that is below them.
    private static let frequent: [any ParsableCommand.Type] = [
        OverdueCommand.self, VisitCommand.self, TodayCommand.self, ShowCommand.self, EpisodeCommand.self,
    ]

    static var frequentNames: [String] { frequent.map { $0._commandName } }

    private static func next(named name: String, below command: any ParsableCommand.Type) -> (any ParsableCommand.Type)?
    {
        if command == Followup.self, let found = frequent.first(where: { $0._commandName == name }) { return found }
        return command.configuration.subcommands.first { $0._commandName == name }
    }

    /// What to say when none of these commands was named.
    static func unknownCommand(_ words: [String], among names: [String]) -> String {
        // Only the first word that is no option can have been meant for a command.
        let typed = words.first { !$0.hasPrefix("-") && !names.contains($0) } ?? ""
        let near = NearMatches.of(typed, in: names).first
        return "there is no such command" + (near.map { "; did you mean \($0)?" } ?? "")
    }
}
