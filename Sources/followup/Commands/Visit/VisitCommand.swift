internal import ArgumentParser

struct VisitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visit",
        abstract: "Follow-up contacts and attempts.",
        discussion: """
            Example:
              followup visit log 2026-00042 --mode phone --with youth
            """,
        subcommands: [VisitLogCommand.self, VisitListCommand.self, VisitAmendCommand.self, VisitVoidCommand.self]
    )
}
