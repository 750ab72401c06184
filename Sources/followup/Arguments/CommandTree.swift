internal import ArgumentParser
private import Services

/// The commands by name, for telling a mistyped command from a superfluous argument.
enum CommandTree {
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
