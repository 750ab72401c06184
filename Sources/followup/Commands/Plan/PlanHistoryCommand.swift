internal import ArgumentParser
internal import Reports
internal import Services

struct PlanHistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Lists the versions of a plan: when, by whom, why.",
        discussion: """
            Example:
              followup plan history 2026-00042
            """
    )

    @OptionGroup var caseArgument: CaseArgument
    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let number = try caseArgument.required()
        try CommandRun(global).list("plan history", whenEmpty: "The case has no version of a plan.") { session in
            try session.planHistory(number)
        }
    }
}
