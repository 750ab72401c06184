internal import ArgumentParser
internal import Reports
internal import Services

struct EpisodeListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists episodes: the open ones, or all of a period.",
        discussion: """
            Example:
              followup episode list --clinician amy
              followup episode list --all --from 2026-07-01 --to 2026-09-30
            """
    )

    @Flag(help: "With those that are discharged.")
    var all = false

    @Option(help: ArgumentHelp("Only cases of this clinician.", valueName: "login"))
    var clinician: String?

    @Option(help: ArgumentHelp("Only cases of this site.", valueName: "name"))
    var site: String?

    @Option(help: ArgumentHelp("Only cases of this program.", valueName: "name"))
    var program: String?

    @Option(help: ArgumentHelp("At most so many lines.", valueName: "number"))
    var limit: Int?

    @OptionGroup var period: PeriodOptions
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1.") }
    }

    mutating func run() throws {
        try CommandRun(global).list("episode list", whenEmpty: "No episode.") { session in
            var query = EpisodeQuery()
            query.openOnly = !all
            query.clinician = clinician
            query.site = site
            query.program = program
            query.limit = limit
            query.period = try period.period(in: session)
            query.asOf = try asOf.instant(in: session)
            return try session.episodeList(query)
        }
    }
}
