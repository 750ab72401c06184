internal import ArgumentParser

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "The clocks and limits of each program.",
        discussion: """
            Example:
              followup policy show
              followup policy set "youth mobile crisis" --from tomorrow --window-days 45
            """,
        subcommands: [PolicyShowCommand.self, PolicySetCommand.self]
    )
}
