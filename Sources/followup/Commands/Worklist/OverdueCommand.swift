internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

extension DeadlineKind: ExpressibleByArgument {}
extension Worklist.Grouping: ExpressibleByArgument {}

struct OverdueCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "overdue",
        abstract: "Lists what is overdue: one line for each deadline that has passed.",
        discussion: """
            Example:
              followup overdue --site Hartford --within 3
              followup overdue --by clinician
              followup overdue --check || echo "something is overdue"
            """
    )

    @Option(help: .asOf)
    var asOf: String?

    @Option(help: .onlyClinician, completion: Completions.logins)
    var clinician: String?

    @Option(help: .onlySite, completion: Completions.sites)
    var site: String?

    @Option(help: .onlyProgram, completion: Completions.programs)
    var program: String?

    @Option(help: ArgumentHelp("Only deadlines of this kind.", valueName: "kind"))
    var kind: DeadlineKind?

    @Option(help: ArgumentHelp("With what falls due in the next so many days.", valueName: "days"))
    var within: Int?

    @Option(help: ArgumentHelp("Counts for each clinician, site or kind instead of lines.", valueName: "group"))
    var by: Worklist.Grouping?

    @Flag(help: "The number of lines alone.")
    var count = false

    @Option(help: ArgumentHelp("At most so many lines.", valueName: "number"))
    var limit: Int?

    @Flag(help: "Say nothing; the exit status is 3 when something is overdue.")
    var check = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let within, !(0...366).contains(within) { throw ValidationError("--within takes 0 to 366 days.") }
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1.") }
        if by != nil, count { throw ValidationError("--by and --count exclude each other.") }
        if limit != nil, by != nil || count {
            throw ValidationError("--limit goes with the list, not with its counts.")
        }
    }

    mutating func run() throws {
        let run = CommandRun(global)
        let (worklist, directory) = try run.session("overdue") { session in
            var query = WorklistQuery()
            query.asOf = try session.instant(asOf: asOf)
            query.clinician = clinician
            query.site = site
            query.program = program
            query.kind = kind
            query.withinDays = within
            query.limit = check ? 1 : limit
            // Figures are for those too who may see no row.
            let isFigure = by != nil || count || check
            return try session.worklist("overdue", query, needing: isFigure ? .readFigures : .readCases)
        }
        if check {
            if !worklist.rows.isEmpty { throw ExitCode(ExitStatus.found.rawValue) }
        } else if count {
            try run.show(number: worklist.rows.count, "overdue", in: worklist.zone)
        } else {
            let listing = by.map { worklist.counts(by: $0, directory) } ?? worklist.listing(directory)
            try run.show(listing, in: worklist.zone, whenEmpty: "Nothing is overdue.")
        }
    }
}
