internal import ArgumentParser
internal import CivilTime
internal import Reports
internal import Services

extension ReportGrouping: ExpressibleByArgument {}

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "report",
        abstract: "Counts a period's episodes by the measures of the practice, beside the period before.",
        discussion: """
            An episode belongs to the period of its call. A fiscal year runs from July to
            June and is named by the year it ends in: 2022Q1 is July to September 2021.
            Without a period it is the fiscal year of today.

            The same database, --as-of and definitions give the same bytes. --cells lists
            the cases behind a figure, which add up to it. --suppress 11 hides counts of 1
            to 10 and whatever would give them away.

            Example:
              followup report --fiscal-year 2022 --by site
              followup report --quarter 2022Q1 --format html -o q1.html
              followup report --fiscal-year 2022 --cells response-in-time
              followup report --measures
            """
    )

    @OptionGroup var reportPeriod: ReportPeriodOptions

    @Option(help: ArgumentHelp("Divide the figures: site, month, town or program.", valueName: "group"))
    var by: ReportGrouping?

    @Option(help: .asOf)
    var asOf: String?

    @Option(
        help: ArgumentHelp("List the cases that one measure counts.", valueName: "measure"),
        completion: .list(Measure.all.map(\.id))
    )
    var cells: String?

    @Flag(help: "List what each measure counts.")
    var measures = false

    @Option(
        help: ArgumentHelp(
            "Hide counts from 1 to one less than this (11 is usual), and what gives them away.",
            valueName: "number"
        )
    )
    var suppress: Int?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write to this file instead of the standard output.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @OptionGroup var global: ReportGlobalOptions

    /// Measures that are offered for a name that none has; arbitrary.
    private static let mostOffered = 5

    /// What the parser cannot know is wrong.
    private func check() throws(Failure) {
        try reportPeriod.check()
        if let suppress, !(2...1000).contains(suppress) {
            throw Failure(.usage, "--suppress takes a number from 2 to 1000; 11 is usual")
        }
        if cells != nil, suppress != nil {
            throw Failure(.usage, "--suppress does not go with --cells, which lists cases")
        }
        if cells != nil || measures, global.format == .html {
            throw Failure(.usage, "--format html does not go with --cells and --measures, which are lists")
        }
        if cells != nil, measures { throw Failure(.usage, "--cells does not go with --measures") }
        if let cells, Measure.find(cells) == nil {
            let near = NearMatches.first(cells, in: Measure.all.map(\.id)).prefix(Self.mostOffered)
            throw Failure(
                .usage,
                "there is no measure of that name for --cells",
                hint: "Did you mean one of: \(near.joined(separator: ", "))? All of them: followup report --measures"
            )
        }
    }

    mutating func run() throws {
        try check()
        let run = CommandRun(global.options)
        // A place that cannot be written to is found out before anything is read.
        let sink = try OutputSink.open(output, sparing: global.options.spared())
        try run.session("report") { session in
            if measures {
                try write(Measure.definitions, run, sink, session, whenEmpty: "")
            } else if let measure = cells.flatMap(Measure.find) {
                try writeCells(of: measure, run, sink, session)
            } else {
                try writeReport(run, sink, session)
            }
        }
        try sink.finish()
    }

    private func writeCells(
        of measure: Measure,
        _ run: CommandRun,
        _ sink: OutputSink,
        _ session: borrowing Session
    ) throws {
        let cells = try session.measureCells(
            measure,
            in: reportPeriod.period(in: session),
            by: by,
            asOf: session.instant(asOf: asOf)
        )
        if cells.isPartial {
            run.console.warn("the figure counts cases of other sites too, which you may not see")
        }
        try write(cells.listing, run, sink, session, whenEmpty: "No case counts in this measure.")
    }

    private func writeReport(_ run: CommandRun, _ sink: OutputSink, _ session: borrowing Session) throws {
        var request = ReportRequest(try reportPeriod.period(in: session))
        request.asOf = try session.instant(asOf: asOf)
        // The page has a table of sites whatever else is asked for.
        request.grouping = by ?? (global.format == .html ? .site : nil)
        request.suppressBelow = suppress
        request.hasTrend = global.format == .html || global.format == .json
        let report = try session.measureReport(request)
        let presentation = Presentation.of(sink, zone: session.zone, noColor: global.noColor)
        switch global.format {
        case .html: try sink.write(ReportPage(report).html)
        case .json: try report.detail.write(as: .json, to: sink, presentation: presentation, console: run.console)
        case .csv: try write(report.listing, run, sink, session, whenEmpty: "")
        case .table, .text: try sink.write(ReportText(presentation: presentation).render(report))
        }
    }

    private func write(
        _ listing: Listing,
        _ run: CommandRun,
        _ sink: OutputSink,
        _ session: borrowing Session,
        whenEmpty: String
    ) throws {
        try listing.write(
            as: global.format.listFormat,
            to: sink,
            presentation: .of(sink, zone: session.zone, noColor: global.noColor),
            console: run.console,
            whenEmpty: whenEmpty
        )
    }
}
