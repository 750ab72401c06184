internal import ArgumentParser
internal import CivilTime
internal import Services

struct EpisodeExtendCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "extend",
        abstract: "Lengthens the follow-up window from now on; takes a supervisor other than who asked for it.",
        discussion: """
            Example:
              followup episode extend 2026-00042 --to 2026-12-15 --reason "intake on 12-14"
            """
    )

    @OptionGroup var caseArgument: CaseArgument

    @Option(help: ArgumentHelp("The window's new last day.", valueName: "date"))
    var to: String?

    @Option(help: ArgumentHelp("Why the family needs longer.", valueName: "text"))
    var reason: String?

    @Option(
        help: ArgumentHelp("Who asked for it (default: the case's clinician).", valueName: "login"),
        completion: Completions.logins
    )
    var requestedBy: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: caseArgument.number == nil || to == nil || reason == nil) { questions in
            try questions.caseNumber(&caseArgument.number)
            try questions.date(&self.to, "New last day of the window")
            try questions.line(&self.reason, "Reason")
        }
        let number = try caseArgument.required(run)
        let to = try Required.value(to, "--to")
        let reason = try Required.text(reason, "--reason")
        try run.change("episode extend", "window extended", write) { session, moments in
            try session.extendWindow(
                number,
                to: try moments.date(to, "--to"),
                requestedBy: requestedBy,
                reason: reason,
                isDryRun: write.isDryRun
            )
        }
    }
}
