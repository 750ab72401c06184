internal import ArgumentParser
internal import CivilTime
internal import Reports
internal import Services
internal import Storage

/// What can be exported.
enum ExportKind: String, CaseIterable, ExpressibleByArgument {
    case summary
    case episodes
    case extensions
    case visits
    case plans
    case referrals
    case overdue

    /// One of the five files that `import` reads.
    fileprivate var caseloadFile: CaseloadFile? {
        switch self {
        case .summary, .overdue: nil
        case .episodes: .episodes
        case .extensions: .extensions
        case .visits: .visits
        case .plans: .plans
        case .referrals: .referrals
        }
    }

    fileprivate var columns: [Column] {
        switch self {
        case .summary: EpisodeSummary.columns
        case .overdue: Worklist.columns
        default: caseloadFile.map(CaseloadExport.columns) ?? []
        }
    }
}

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes records as CSV: a summary of each episode, the five files of a caseload, or what is overdue.",
        discussion: """
            A period takes the episodes whose call lies in it, and with them all that belongs to them.
            A file is written whole or not at all, for its owner alone.

            Example:
              followup export summary --from 2026-07-01 --to 2026-09-30 -o quarter.csv
              followup export visits > visits.csv
            """
    )

    @Argument(help: "What to export.")
    var kind: ExportKind

    @OptionGroup var period: PeriodOptions
    @OptionGroup var asOf: AsOfOption

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write to this file instead of the standard output.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @Flag(help: "Begin with a byte-order mark, for spreadsheets that need one.")
    var bom = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if kind.caseloadFile != nil, asOf.text != nil {
            throw ValidationError("--as-of goes with summary and overdue; the other files are the record itself.")
        }
        if kind == .overdue, period.from != nil || period.to != nil {
            throw ValidationError("--from and --to do not go with overdue, which looks at every open case.")
        }
    }

    mutating func run() throws {
        let run = CommandRun(global)
        try run.session("export \(kind.rawValue)") { session in
            let sink = try OutputSink.open(output)
            let writer = try ListingWriter(
                kind.columns,
                // What is exported is for programs: without another wish it is CSV.
                as: global.format == .table ? .csv : global.format,
                to: sink,
                presentation: .of(sink, zone: session.zone, noColor: global.noColor),
                byteOrderMark: bom
            )
            let progress = Progress("Exporting \(kind.rawValue)", total: nil, quiet: global.quiet)
            var count = 0
            try write(session) { cells in
                try writer.append(cells)
                count += 1
                progress.update(count)
            }
            progress.finish()
            try writer.end(console: run.console, whenEmpty: "")
            try sink.finish()
            if sink.isFile { run.console.note("\(count) rows written.") }
        }
    }

    private func write(_ session: borrowing Session, _ row: ([Cell]) throws -> Void) throws {
        switch kind {
        case .summary:
            try session.exportSummary(
                in: period.period(in: session),
                asOf: asOf.instant(in: session),
                row
            )
        case .overdue:
            var query = WorklistQuery()
            query.asOf = try asOf.instant(in: session)
            let (worklist, directory) = try session.worklist("export overdue", query)
            for deadline in worklist.rows { try row(worklist.cells(deadline, directory)) }
        default:
            guard let file = kind.caseloadFile else { return }
            try session.exportCaseload(file, in: period.period(in: session), row)
        }
    }
}
