internal import ArgumentParser
internal import Reports
internal import Services

struct EpisodeListCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "list",
        abstract: "Lists episodes: the open ones, or all of a period.",
        discussion: """
            Several filters have to hold at once. --owed-disposition lists warm transfers
            whose outcome, as it stands, was not returned to the call center; discharged
            ones are among them unless --open is given.

            Example:
              followup episode list --clinician amy --no-contact
              followup episode list --closing-soon --within 3 --site Hartford
              followup episode list --all --from 2026-07-01 --to 2026-09-30
              followup episode list --limit 50 --after 2026-00042
            """
    )

    @Flag(help: "Only those that are not discharged (the default).")
    var open = false

    @Flag(help: "With those that are discharged.")
    var all = false

    @Option(help: .onlyClinician, completion: Completions.logins)
    var clinician: String?

    @Option(help: .onlySite, completion: Completions.sites)
    var site: String?

    @Option(help: .onlyProgram, completion: Completions.programs)
    var program: String?

    @OptionGroup var state: EpisodeListOptions

    @Flag(help: "Only warm transfers whose outcome is owed to the call center.")
    var owedDisposition = false

    @Option(help: ArgumentHelp("At most so many lines.", valueName: "number"))
    var limit: Int?

    @Option(
        help: ArgumentHelp("Only the lines behind this case: the next page.", valueName: "case"),
        completion: Completions.openCases
    )
    var after: String?

    @OptionGroup var period: PeriodOptions

    @Option(help: .asOf)
    var asOf: String?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1.") }
        if open, all { throw ValidationError("--open and --all exclude each other.") }
        if owedDisposition, asOf != nil {
            throw ValidationError("--as-of does not go with --owed-disposition, which tells what is owed now.")
        }
    }

    mutating func run() throws {
        try CommandRun(global).list("episode list", whenEmpty: "No episode.") { session in
            var query = EpisodeQuery()
            query.openOnly = open || !all && !owedDisposition
            query.clinician = clinician
            query.site = site
            query.program = program
            query.traits = state.traits
            query.owesDisposition = owedDisposition
            query.after = after
            query.limit = limit
            query.period = try period.period(in: session)
            query.asOf = try session.instant(asOf: asOf)
            return try session.episodeList(query)
        }
    }
}
