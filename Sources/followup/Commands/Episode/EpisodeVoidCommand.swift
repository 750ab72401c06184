internal import ArgumentParser
internal import Reports
internal import Services

struct EpisodeVoidCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "void",
        abstract: "Voids a case that should not be: it counts nowhere; takes a supervisor.",
        discussion: """
            Its rows stay in the record, its number is not given again, and there is no way
            back.

            Example:
              followup episode void 2026-00042 --reason "entered twice"
            """
    )

    @OptionGroup var caseArgument: CaseArgument

    @Option(help: ArgumentHelp("Why it is voided.", valueName: "text"))
    var reason: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: caseArgument.number == nil || reason == nil) { questions in
            try questions.caseNumber(&caseArgument.number)
            try questions.line(&self.reason, "Reason")
        }
        let number = try caseArgument.required(run)
        let reason = try Required.text(reason, "--reason")
        try run.administer("episode void", write) { session, _ in
            let voided = try session.voidEpisode(number, reason: reason, isDryRun: write.isDryRun)
            var receipt = Receipt("voided")
            receipt.add("case_number", "Case", .code(voided))
            return receipt
        }
    }
}
