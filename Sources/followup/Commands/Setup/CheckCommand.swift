internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "check",
        abstract: "Looks through the whole database: file, schema, records, deadlines, audit, backups.",
        discussion: """
            It changes nothing but, with --fix-modes, the rights of others on the file.
            Every other command refuses a database on which others have rights. The exit
            status is 0 when nothing is wrong, and 69 when something is; warnings, such as a
            backup that is too old, do not count.

            Example:
              followup check
              followup check --format json
              followup check --fix-modes
            """
    )

    @Flag(help: "For a file that cannot be written: the check is not audited.")
    var readOnly = false

    @Flag(help: "Take away the rights that others on this machine have on the database, then check.")
    var fixModes = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if readOnly, fixModes { throw ValidationError("--fix-modes changes the file, --read-only does not.") }
    }

    mutating func run() throws {
        let run = CommandRun(global)
        let path = try global.databasePath()
        var findings = fixModes ? [try fix(path, run)] : []
        do {
            if readOnly {
                findings = try Inspection.runReadOnly(path, now: SystemClock.currentInstant())
            } else {
                findings += try run.session("check") { session in try Inspection.run(session) }
            }
        } catch {
            let failure = Failure.of(error, database: path)
            guard failure.status == .unusable,
                let damage = DamageInspection.findings(of: path, now: SystemClock.currentInstant())
            else { throw failure }
            findings += damage
        }
        let listing = Listing(
            columns: [
                Column("check", "Check"), Column("status", "Status"), Column("finding", "Finding"),
                Column("remedy", "What to do"),
            ],
            rows: findings.map { finding in
                [
                    .code(finding.check), .code(finding.severity.rawValue), .code(finding.finding),
                    finding.remedy.isEmpty ? .null : .code(finding.remedy),
                ]
            }
        )
        // No finding holds a time, so that any zone serves.
        try run.show(listing, in: try Zone(named: "UTC"), whenEmpty: "")
        if findings.contains(where: { $0.severity == .error }) { throw ExitCode(ExitStatus.unusable.rawValue) }
    }

    private func fix(_ path: String, _ run: CommandRun) throws -> Finding {
        let modes = FileModes(of: path)
        do {
            try modes.require(global.identity())
            return try modes.fix()
        } catch {
            // The refusal leaves its entry, unless others have rights on the database: then nobody writes to it.
            if error is RuleViolation { _ = try? run.session("check") { session in try Inspection.run(session) } }
            throw Failure.of(error, database: path)
        }
    }
}
