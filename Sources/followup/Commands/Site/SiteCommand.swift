internal import ArgumentParser

struct SiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract: "The places from which the teams work, and the towns whose calls they answer.",
        discussion: """
            Example:
              followup site add Hartford --town Hartford --town "East Hartford"
              followup site list
            """,
        subcommands: [SiteAddCommand.self, SiteListCommand.self, SiteTownsCommand.self]
    )
}
