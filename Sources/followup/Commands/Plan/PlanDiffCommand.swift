internal import ArgumentParser
internal import Reports
internal import Services

/// A version of a plan by its number, or the draft.
struct PlanVersionArgument: ExpressibleByArgument {
    /// `nil` is the draft.
    let version: Int?

    init?(argument: String) {
        if argument == "draft" {
            version = nil
        } else if let number = Int(argument), number > 0 {
            version = number
        } else {
            return nil
        }
    }
}

struct PlanDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "diff",
        abstract: "Shows line by line what changed between two versions of a plan.",
        discussion: """
            A version is its number, or draft.

            Example:
              followup plan diff 2026-00042 1 2
              followup plan diff 2026-00042 2 draft
            """
    )

    @Argument(help: ArgumentHelp("The case number.", valueName: "case"), completion: Completions.openCases)
    var caseNumber: String

    @Argument(help: ArgumentHelp("The older version.", valueName: "old"))
    var old: PlanVersionArgument

    @Argument(help: ArgumentHelp("The newer version.", valueName: "new"))
    var new: PlanVersionArgument

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let number = try run.caseNumber(caseNumber)
        try run.listPlan("plan diff", whenEmpty: "Both say the same.") { session in
            try session.planDiff(number, from: old.version, to: new.version)
        }
    }
}
