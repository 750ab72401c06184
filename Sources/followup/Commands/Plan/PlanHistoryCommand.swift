internal import ArgumentParser
internal import CrisisCare
internal import Reports
internal import Services

struct PlanHistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "history",
        abstract: "Lists the versions of a plan: when, by whom, why.",
        discussion: """
            Example:
              followup plan history 2026-00042
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let number = try run.required(caseNumber: caseNumber)
        try run.listPlan("plan history", whenEmpty: "The case has no version of a plan.") { session in
            try session.planHistory(number)
        }
    }
}

extension CommandRun {
    /// Lists what a plan says; where it must not be passed on, that is said beside the list in every format.
    func listPlan(
        _ action: String,
        whenEmpty: String,
        _ read: (borrowing Session) throws -> PlanListing
    ) throws {
        var isPart2 = false
        try list(action, whenEmpty: whenEmpty) { session in
            let list = try read(session)
            isPart2 = list.isPart2
            return list.listing
        }
        if isPart2 { console.warn(Part2Notice.text) }
    }
}
