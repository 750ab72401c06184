internal import ArgumentParser
internal import Reports
internal import Services

struct PlanShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "show",
        abstract: "Shows the active version of a plan; without one, or with --draft, the draft and what it lacks.",
        discussion: """
            Example:
              followup plan show 2026-00042
              followup plan show 2026-00042 --draft
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Flag(name: .customLong("draft"), help: "Show the draft, and what it lacks to be activated.")
    var isDraft = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let number = try run.required(caseNumber: caseNumber)
        let (detail, zone) = try run.session("plan show") { session in
            (try session.showPlan(number, isDraft: isDraft), session.zone)
        }
        try run.show(detail, in: zone)
    }
}
