internal import ArgumentParser
internal import Services

struct EpisodeReopenCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "reopen",
        abstract: "Takes a discharge back: what the case owed is owed again; takes a supervisor.",
        discussion: """
            Example:
              followup episode reopen 2026-00042 --reason "closed by mistake"
            """
    )

    // A closed case is not among those that completion offers.
    @Argument(help: .caseNumber)
    var caseNumber: String?

    @Option(help: ArgumentHelp("Why it is opened again.", valueName: "text"))
    var reason: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: caseNumber == nil || reason == nil) { questions in
            try questions.caseNumber(&self.caseNumber)
            try questions.line(&self.reason, "Reason")
        }
        let number = try run.required(caseNumber: caseNumber)
        let reason = try Required.text(reason, "--reason")
        try run.change("episode reopen", "reopened", isDryRun: dryRun) { session, _ in
            try session.reopenEpisode(number, reason: reason, isDryRun: dryRun)
        }
    }
}
