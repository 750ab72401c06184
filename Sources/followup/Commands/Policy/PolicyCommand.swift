internal import ArgumentParser

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "The clocks and limits of each program.",
        discussion: """
            Example:
              followup policy show
            """,
        subcommands: [PolicyShowCommand.self]
    )
}
