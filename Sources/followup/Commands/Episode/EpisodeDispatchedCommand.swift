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

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Option(help: .time)
    var at = "now"

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: caseNumber == nil) { questions in
            try questions.caseNumber(&caseNumber)
        }
        let number = try run.required(caseNumber: caseNumber)
        try run.change("episode dispatched", "dispatch recorded", isDryRun: dryRun) { session, moments in
            try session.recordDispatch(number, at: try moments.instant(at, "--at"), isDryRun: dryRun)
        }
    }
}
