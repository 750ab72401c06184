internal import ArgumentParser

struct ClientCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client",
        abstract: "Clients: find one before you add one.",
        discussion: """
            Example:
              followup client find "jensen"
              followup client show P7Q2K
            """,
        subcommands: [ClientFindCommand.self, ClientShowCommand.self, ClientEditCommand.self, ClientMergeCommand.self]
    )
}
