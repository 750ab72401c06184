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

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Option(help: ArgumentHelp("The window's new last day.", valueName: "date"))
    var to: String?

    @Option(help: ArgumentHelp("Why the family needs longer.", valueName: "text"))
    var reason: String?

    @Option(
        help: ArgumentHelp("Who asked for it (default: the case's clinician).", valueName: "login"),
        completion: Completions.logins
    )
    var requestedBy: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: caseNumber == nil || to == nil || reason == nil) { questions in
            try questions.caseNumber(&caseNumber)
            try questions.date(&self.to, "New last day of the window")
            try questions.line(&self.reason, "Reason")
        }
        let number = try run.required(caseNumber: caseNumber)
        let to = try Required.value(to, "--to")
        let reason = try Required.text(reason, "--reason")
        try run.change("episode extend", "window extended", isDryRun: dryRun) { session, moments in
            try session.extendWindow(
                number,
                to: try moments.date(to, "--to"),
                requestedBy: requestedBy,
                reason: reason,
                isDryRun: dryRun
            )
        }
    }
}
