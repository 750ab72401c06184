internal import ArgumentParser
internal import CivilTime
internal import Reports
internal import Services
internal import Storage

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "export",
        abstract: "Writes records as CSV: a summary of each episode, the five files of a caseload, what is overdue, "
            + "what became of warm transfers, or the audit.",
        discussion: """
            A period takes the episodes whose call lies in it, and with them all that
            belongs to them; of the audit, the entries made in it. A file is written whole
            or not at all, for its owner alone.

            Example:
              followup export summary --from 2026-07-01 --to 2026-09-30 -o quarter.csv
              followup export visits > visits.csv
              followup export dispositions --owed -o to-211.csv --mark-returned
              followup export summary --deidentify --from 2025-07-01 -o research.csv
              followup export episodes --encrypt -o episodes.csv.sealed
            """
    )

    @Argument(help: "What to export.")
    var kind: ExportKind

    @OptionGroup var period: PeriodOptions

    @Option(help: .asOf)
    var asOf: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write to this file instead of the standard output.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @Flag(help: "Begin with a byte-order mark, for spreadsheets that need one.")
    var bom = false

    @Flag(help: "Leave out everything that names a person, by safe harbor.")
    var deidentify = false

    @OptionGroup var dispositions: DispositionOptions
    @OptionGroup var sealing: SealingOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if dispositions.isUsed, kind != .dispositions {
            throw ValidationError("--since, --owed, --mark-returned and --dry-run go with dispositions.")
        }
        if deidentify, kind.deidentified == nil {
            throw ValidationError("--deidentify does not go with \(kind.rawValue), which is about named cases.")
        }
        if sealing.encrypt, output == nil || output == "-" {
            throw ValidationError("--encrypt writes a file: name it with -o.")
        }
        if kind.caseloadFile != nil || kind == .audit || kind == .dispositions, asOf != nil {
            throw ValidationError("--as-of goes with summary and overdue; the other files are the record itself.")
        }
        if kind == .overdue, period.from != nil || period.to != nil {
            throw ValidationError("--from and --to do not go with overdue, which looks at every open case.")
        }
    }

    mutating func run() throws {
        let run = CommandRun(global)
        if deidentify { run.console.tellDeidentified() }
        let passphrase = try sealing.passphrase()
        try run.session("export \(kind.rawValue)") { session in
            let spared = global.spared(sealing.source.passphraseFile)
            let sink = try OutputSink.open(output, sparing: spared)
            if let passphrase { try sink.seal(with: passphrase) }
            let writer = try ListingWriter(
                deidentify ? kind.deidentified?.columns ?? [] : kind.columns,
                // What is exported is for programs: without another wish it is CSV.
                as: global.format == .table ? .csv : global.format,
                to: sink,
                presentation: .of(sink, zone: session.zone, noColor: global.noColor),
                byteOrderMark: bom
            )
            let progress = Progress("Exporting \(kind.rawValue)", total: nil, quiet: global.quiet)
            var count = 0
            var told: [ToldDisposition] = []
            func row(_ cells: [Cell]) throws {
                try writer.append(cells)
                count += 1
                progress.update(count)
            }
            func records(_ records: ExportedRecords) throws {
                try writer.append(records)
                count += records.rows
                progress.update(count)
            }
            let contents = try write(session, &told, row, writer.takesRecords ? records : nil)
            progress.finish()
            try writer.end(console: run.console, whenEmpty: "")
            try run.tell(contents, beside: output, sparing: spared)
            try sink.finish()
            if sink.isFile { run.console.note("\(count) rows written.") }
            try dispositions.mark(told, session, run.console)
        }
    }

    private func write(
        _ session: borrowing Session,
        _ told: inout [ToldDisposition],
        _ row: ([Cell]) throws -> Void,
        _ records: ((ExportedRecords) throws -> Void)?
    ) throws -> ExportContents {
        if deidentify, let file = kind.deidentified {
            let period = try period.period(in: session)
            try session.exportDeidentified(file, in: period, asOf: session.instant(asOf: asOf), row)
            return ExportContents()
        }
        switch kind {
        case .summary:
            let (period, asOf) = (try period.period(in: session), try session.instant(asOf: asOf))
            if let records { return try session.exportSummaryRecords(in: period, asOf: asOf, records) }
            return try session.exportSummary(in: period, asOf: asOf, row)
        case .overdue:
            var query = WorklistQuery()
            query.asOf = try session.instant(asOf: asOf)
            let (worklist, directory) = try session.worklist("export overdue", query)
            for deadline in worklist.rows { try row(worklist.cells(deadline, directory)) }
            return ExportContents(isPart2: worklist.isPart2)
        case .dispositions:
            let query = try dispositions.query(session, period.period(in: session))
            return try session.exportDispositions(query) { cells, disposition in
                try row(cells)
                told.append(disposition)
            }
        case .audit:
            return try session.exportAudit(in: period.period(in: session), row)
        default:
            guard let file = kind.caseloadFile else { return ExportContents() }
            return try session.exportCaseload(file, in: period.period(in: session), row)
        }
    }
}
