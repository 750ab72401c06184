internal import ArgumentParser
internal import CivilTime
internal import Services
internal import Storage

extension PlanDecliner: ExpressibleByArgument {}

struct PlanDeclineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline",
        abstract: "Records that the family wants no plan; the plan is then no longer due.",
        discussion: """
            Example:
              followup plan decline 2026-00042 --by both --reason - < reason.txt
            """
    )

    @OptionGroup var caseArgument: CaseArgument

    @Option(help: "Who declined it.")
    var by: PlanDecliner?

    @Option(help: ArgumentHelp("Why, in their words; - reads it from the standard input.", valueName: "text"))
    var reason: String?

    @Option(help: ArgumentHelp("When; local time, or with an offset.", valueName: "time"))
    var at = "now"

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: caseArgument.number == nil || by == nil || reason == nil) { questions in
            try questions.caseNumber(&caseArgument.number)
            try questions.choice(&self.by, "Declined by")
            try questions.line(&self.reason, "Reason")
        }
        let number = try caseArgument.required(run)
        let decliner = try Required.value(by, "--by", oneOf: PlanDecliner.words)
        let reason = try Required.text(try reason.map { try TextSource.note($0, file: nil) }, "--reason")
        try run.change("plan decline", "plan declined", write) { session, moments in
            try session.declinePlan(
                number,
                by: decliner,
                reason: reason,
                at: try moments.instant(at, "--at"),
                isDryRun: write.isDryRun
            )
        }
    }
}
