internal import ArgumentParser

struct CodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "code",
        abstract: "The lists of codes: towns, referral sources, discharge reasons and so on.",
        discussion: """
            Example:
              followup code list discharge-reason
              followup code add referral-source "urgent crisis center"
            """,
        subcommands: [CodeListCommand.self, CodeAddCommand.self, CodeRetireCommand.self]
    )
}
