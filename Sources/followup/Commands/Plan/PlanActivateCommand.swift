internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

struct PlanActivateCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "activate",
        abstract: "Makes the draft the active version, which never changes again.",
        discussion: """
            Refused while something is missing; plan show --draft says what. A case's first
            version has the reason "first plan" without being asked.

            Example:
              followup plan activate 2026-00042
              followup plan activate 2026-00042 --reason "scheduled review"
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Option(
        help: ArgumentHelp("Why the plan is revised.", valueName: "code"),
        completion: Completions.codes(of: .planReason)
    )
    var reason: String?

    @Option(help: .time)
    var at = "now"

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let number = try run.required(caseNumber: caseNumber)
        try run.change("plan activate", "plan activated", isDryRun: dryRun) { session, moments in
            try session.activatePlanDraft(
                number,
                reason: reason,
                at: try moments.instant(at, "--at"),
                isDryRun: dryRun
            )
        } adding: { change, receipt in
            receipt.add("version", "Version", .ifPresent(change.history.plans.last) { .int($0.version) })
        }
    }
}
