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

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Option(help: ArgumentHelp("Why it is voided.", valueName: "text"))
    var reason: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: caseNumber == nil || reason == nil) { questions in
            try questions.caseNumber(&caseNumber)
            try questions.line(&self.reason, "Reason")
        }
        let number = try run.required(caseNumber: caseNumber)
        let reason = try Required.text(reason, "--reason")
        try run.administer("episode void", isDryRun: dryRun) { session, _ in
            let voided = try session.voidEpisode(number, reason: reason, isDryRun: dryRun)
            var receipt = Receipt("voided")
            receipt.add("case_number", "Case", .code(voided))
            return receipt
        }
    }
}
