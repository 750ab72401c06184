internal import ArgumentParser
internal import CivilTime
internal import Reports
internal import Services

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "restore",
        abstract: "Puts a backup into the place of the database, after it has passed every check.",
        discussion: """
            The place is that of the database, as --db says it. A database that is there is
            replaced only with --force, and kept beside the new one under a name that tells
            the time. A backup of an older version is brought up to date. What was entered
            after the backup was made is not in it.

            The checks are those of followup check, of the file and of the records. A
            damaged file is never restored. One whose file is sound, and whose deadlines
            or other records are not what check wants, is refused with what was found;
            with --despite-findings its deadlines and the words of its names are computed
            again, and the audit keeps what was found.

            Example:
              followup restore /mnt/usb/followup-2026-11-21.db --force --dry-run
              followup restore /mnt/usb/followup-2026-11-21.db --force
              followup restore old.sealed --db /tmp/look/followup.db \\
                --passphrase-file ~/.followup-passphrase
            """
    )

    @Argument(help: ArgumentHelp("The backup, encrypted or not.", valueName: "file"), completion: .file())
    var file: String

    @Flag(help: "Replace the database that is there, and keep it beside the new one.")
    var force = false

    @Flag(help: "Restore a sound file although its records do not pass every check; deadlines are computed again.")
    var despiteFindings = false

    @OptionGroup var secret: PassphraseOptions

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let place = try global.databasePath()
        let restore = Restore(
            of: try Required.text(file, "<file>"),
            to: place,
            as: global.identity(),
            now: SystemClock.currentInstant(),
            for: CommandRun.command
        )
        let summary = try restore.run(
            force: force,
            despiteFindings: despiteFindings,
            isDryRun: dryRun
        ) { try secret.forOpening() }
        for finding in summary.accepted { run.console.warn("found in the backup: \(finding)") }
        var receipt = Receipt("database restored")
        receipt.add("database", "File", .code(place))
        receipt.add("cases", "Cases", .int(summary.cases))
        receipt.add("last_entry_at", "Last entry", summary.lastEntryAt.map { .instant($0) } ?? .null)
        receipt.add("findings", "Findings accepted", .int(summary.accepted.count))
        receipt.detail.add("kept", "Old one", summary.kept.map { .code($0) } ?? .null)
        try run.show(receipt, in: summary.zone, isDryRun: dryRun)
        if let kept = summary.kept {
            run.console.note("The old database is kept as \(kept). It holds records too: remove it in time.")
        }
    }
}
