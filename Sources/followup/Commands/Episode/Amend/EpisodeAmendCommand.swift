internal import ArgumentParser
internal import CivilTime
internal import Services

struct EpisodeAmendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend",
        abstract: "Corrects the times of the call and the response; the case's deadlines follow.",
        discussion: """
            The audit keeps what was recorded before, and the reason.

            Example:
              followup episode amend 2026-00042 --arrived 2026-11-20T14:41 --reason "typo"
            """
    )

    @OptionGroup var caseArgument: CaseArgument

    @Option(help: ArgumentHelp("When the call came.", valueName: "time"))
    var call: String?

    @Option(help: ArgumentHelp("When the call was handed to the provider.", valueName: "time"))
    var transferred: String?

    @Option(help: ArgumentHelp("When a clinician was sent.", valueName: "time"))
    var dispatched: String?

    @Option(help: ArgumentHelp("When the clinician was with the child.", valueName: "time"))
    var arrived: String?

    @Option(help: ArgumentHelp("Why it is corrected.", valueName: "text"))
    var reason: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: caseArgument.number == nil || reason == nil) { questions in
            try questions.line(&caseArgument.number, "Case")
            try questions.line(&self.reason, "Reason")
        }
        let number = try caseArgument.required()
        let reason = try Required.text(reason, "--reason")
        guard call != nil || transferred != nil || dispatched != nil || arrived != nil else {
            throw Failure(
                .usage,
                "there is nothing to correct",
                hint: "Give the right time with --call, --transferred, --dispatched or --arrived."
            )
        }
        try run.change("episode amend", "times corrected", write) { session, moments in
            let correction = ResponseCorrection(
                callReceivedAt: try call.map { try moments.instant($0, "--call") },
                transferredAt: try transferred.map { try moments.instant($0, "--transferred") },
                dispatchedAt: try dispatched.map { try moments.instant($0, "--dispatched") },
                arrivedAt: try arrived.map { try moments.instant($0, "--arrived") }
            )
            return try session.correctResponse(number, correction, reason: reason, isDryRun: write.isDryRun)
        }
    }
}
