internal import CrisisCare
internal import ArgumentParser
internal import CivilTime
internal import Reports
internal import Services

struct TodayCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "today",
        abstract: "Lists what you owe: overdue, due today, and due in the next days.",
        discussion: """
            Example:
              followup today
              followup today --clinician amy
            """
    )

    @Option(
        help: ArgumentHelp("The cases of this clinician (default: your own).", valueName: "login"),
        completion: Completions.logins
    )
    var clinician: String?

    @Option(help: ArgumentHelp("How many days ahead.", valueName: "days"))
    var within = 7

    @Option(help: .asOf)
    var asOf: String?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if !(0...366).contains(within) { throw ValidationError("--within takes 0 to 366 days.") }
    }

    mutating func run() throws {
        let run = CommandRun(global)
        let (worklist, directory) = try run.session("today") { session in
            var query = WorklistQuery()
            query.asOf = try session.instant(asOf: asOf)
            query.clinician = clinician ?? session.actor.login
            query.withinDays = within
            return try session.worklist("today", query)
        }
        guard global.format == .table, !worklist.rows.isEmpty else {
            return try run.show(
                worklist.todayListing(directory),
                in: worklist.zone,
                whenEmpty:
                    "\(clinician.map { "For \($0) nothing" } ?? "Nothing of yours") is overdue, and nothing falls due in the next \(within) days. "
                    + "Everybody's: followup overdue."
            )
        }
        run.tellPart2(worklist.isPart2)
        try run.show(in: worklist.zone) { presentation in
            TodayText(presentation: presentation, withinDays: within).render(worklist)
        }
    }
}
