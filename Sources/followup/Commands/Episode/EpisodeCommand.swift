internal import ArgumentParser

struct EpisodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "episode",
        abstract: "A crisis from the call to the discharge.",
        discussion: """
            Example:
              followup episode open --call "today 14:05" --mode mobile --town Hartford
              followup episode arrived 2026-00042
            """,
        subcommands: [
            EpisodeOpenCommand.self, EpisodePhoneCommand.self, EpisodeDispatchedCommand.self,
            EpisodeArrivedCommand.self,
            EpisodeExtendCommand.self, EpisodeCloseCommand.self, EpisodeAmendCommand.self,
            EpisodeReassignCommand.self, EpisodeReopenCommand.self, EpisodeVoidCommand.self,
            EpisodeShowCommand.self, EpisodeListCommand.self,
        ]
    )
}
