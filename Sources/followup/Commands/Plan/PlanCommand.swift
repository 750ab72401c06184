internal import ArgumentParser

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "The Crisis Safety Plan: drafts, versions, reviews and the printed copy.",
        discussion: """
            Example:
              followup plan draft 2026-00042
              followup plan activate 2026-00042
              followup plan print 2026-00042 --family -o plan.html
            """,
        subcommands: [
            PlanDraftCommand.self, PlanSetCommand.self, PlanActivateCommand.self, PlanReviewCommand.self,
            PlanShowCommand.self, PlanHistoryCommand.self, PlanDiffCommand.self, PlanDeclineCommand.self,
            PlanPrintCommand.self,
        ]
    )
}
