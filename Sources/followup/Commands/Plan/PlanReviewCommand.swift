internal import ArgumentParser
internal import CivilTime
internal import Services

struct PlanReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "review",
        abstract: "Records that the plan was looked at again with the family and still holds.",
        discussion: """
            A plan that has to change gets a new version instead: plan draft, plan activate.

            Example:
              followup plan review 2026-00042 --next +14d
              followup plan review 2026-00042 --at "yesterday 16:30" --note - < note.txt
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Option(help: .time)
    var at = "now"

    @Option(help: ArgumentHelp("The date agreed for the next review.", valueName: "date"))
    var next: String?

    @Option(help: ArgumentHelp("A note; - reads it from the standard input.", valueName: "text"))
    var note: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let number = try run.required(caseNumber: caseNumber)
        let note = try TextSource.note(note, file: nil)
        try run.change("plan review", "plan reviewed", isDryRun: dryRun) { session, moments in
            try session.reviewPlan(
                number,
                at: try moments.instant(at, "--at"),
                next: try next.map { try moments.date($0, "--next") },
                note: note,
                isDryRun: dryRun
            )
        }
    }
}
