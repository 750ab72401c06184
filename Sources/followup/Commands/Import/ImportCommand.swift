internal import ArgumentParser
internal import CivilTime
internal import Glibc
internal import Reports
internal import Services

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "import",
        abstract: "Brings in a caseload from the five CSV files of a folder: all of it or nothing.",
        discussion: """
            The files are episodes.csv, extensions.csv, visits.csv, plans.csv and
            referrals.csv; one that would have no row may be absent. Every row passes the
            same rules as an entry by hand.

            Example:
              followup import spreadsheets --dry-run
              followup import spreadsheets --create-missing
              followup import spreadsheets --skip-rejected --rejects rejected
            """
    )

    @Argument(help: ArgumentHelp("The folder with the files.", valueName: "folder"), completion: .directory)
    var folder: String

    @Flag(help: "Make the sites and staff that are not known; for a supervisor who is an administrator too.")
    var createMissing = false

    @Flag(help: "Pass over cases that are already in the database.")
    var skipExisting = false

    @Flag(help: "Leave out the rows that are refused and keep the rest.")
    var skipRejected = false

    @Option(
        help: ArgumentHelp(
            "Write the refused rows, with the reason in front, to new files in this folder.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var rejects: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        var options = ImportOptions()
        options.createsMissing = createMissing
        options.skipsExisting = skipExisting
        options.skipsRejected = skipRejected
        options.isDryRun = dryRun
        let folder = folder
        try Self.spool(beside: global.databasePath())
        try run.session("import") { session in
            let rejected = try rejects.map {
                try RejectsWriter(folder: $0, apartFrom: folder, sparing: global.spared(), zone: session.zone)
            }
            let progress = ImportProgress(quiet: global.quiet)
            let listener = ImportListener(
                progress: progress.update,
                rejected: { row, refusal in try rejected?.add(row, refusal) },
                finished: {
                    progress.finish()
                    try rejected?.finish()
                }
            )
            do {
                let summary = try session.importCaseload(from: folder, options, listener: listener)
                try run.afterChange(isDryRun: dryRun) {
                    let outcome = ImportOutcome(summary: summary, run: run)
                    var totals: CaseloadTotals?
                    if !dryRun {
                        progress.count()
                        totals = outcome.totalsIfReadable {
                            // What is wrong with them is said on a line of its own.
                            defer { progress.finish() }
                            return try session.totals()
                        }
                    }
                    try outcome.show(totals, isDryRun: dryRun, in: session.zone)
                }
            } catch let refused as ImportRefused {
                progress.finish()
                throw ImportOutcome(summary: refused.summary, run: run).failure(rejects: rejects != nil)
            }
        }
    }
}

extension ImportCommand {
    /// Rows wait for their cases in a temporary file: it is kept where the database is, on the same (perhaps
    /// encrypted) disk, and not where the system keeps everybody's, which is where SQLite would go by itself.
    private static func spool(beside database: String) throws(Failure) {
        // The file itself may stand elsewhere than the link to it.
        let resolved = unsafe realpath(database, nil)
        defer { unsafe free(resolved) }
        let path = unsafe resolved.map { unsafe String(cString: $0) } ?? database
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        // What is not there is told when the database is opened.
        guard unsafe access(folder, F_OK) != 0 || access(folder, W_OK | X_OK) == 0 else {
            throw Failure(
                .notPermitted,
                "an import needs to write in the database's folder; nothing was imported",
                hint: "Have the folder's owner give you the rights on it, or import as the owner."
            )
        }
        unsafe setenv("SQLITE_TMPDIR", folder, 1)
    }
}
