import Foundation

/// The program's own description of its commands, as the reference and the manual page are made from it.
struct CommandDump: Decodable {
    struct Name: Decodable {
        let kind: String
        let name: String

        var written: String { (kind == "long" ? "--" : "-") + name }
    }

    struct Argument: Decodable {
        let kind: String
        let names: [Name]?
        let isRepeating: Bool
    }

    struct Command: Decodable {
        let commandName: String
        let abstract: String?
        let discussion: String?
        let arguments: [Argument]?
        let subcommands: [Command]?

        /// Without the one that explains the others.
        var below: [Command] { (subcommands ?? []).filter { $0.commandName != "help" } }
    }

    let command: Command

    static func read() throws -> CommandDump {
        let result = try CommandLineTool.run(["--experimental-dump-help"], environment: [:])
        return try JSONDecoder().decode(CommandDump.self, from: Data(result.stdout.utf8))
    }

    /// Every command with the words that name it, the program itself among them with none.
    var all: [(path: [String], command: Command)] {
        var found: [(path: [String], command: Command)] = []
        var waiting: [(path: [String], command: Command)] = [([], command)]
        while let next = waiting.popLast() {
            found.append(next)
            waiting += next.command.below.map { (next.path + [$0.commandName], $0) }
        }
        return found
    }

    var paths: [[String]] { all.map(\.path) }
}
