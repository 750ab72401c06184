internal import ArgumentParser
internal import CivilTime
internal import Services

struct EpisodeDispatchedCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "dispatched",
        abstract: "Records that a clinician has been sent.",
        discussion: """
            Example:
              followup episode dispatched 2026-00042 --at "today 14:15"
            """
    )

    @OptionGroup var caseArgument: CaseArgument

    @Option(help: ArgumentHelp("When; local time, or with an offset.", valueName: "time"))
    var at = "now"

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: caseArgument.number == nil) { questions in
            try questions.caseNumber(&caseArgument.number)
        }
        let number = try caseArgument.required(run)
        try run.change("episode dispatched", "dispatch recorded", write) { session, moments in
            try session.recordDispatch(number, at: try moments.instant(at, "--at"), isDryRun: write.isDryRun)
        }
    }
}
