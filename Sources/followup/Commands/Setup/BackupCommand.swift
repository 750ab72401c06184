internal import ArgumentParser
internal import CivilTime
internal import Reports
internal import Sealing
internal import Services

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "backup",
        abstract: "Copies the whole database into a new file while others go on working, and checks the copy.",
        discussion: """
            The file appears when it is whole and has passed its check, or not at all; it
            can be read by its owner only. One that is there is never touched. With --keep
            the time is put into the name, and when the new file is in its place the oldest
            of the same name are removed, so that so many are left.

            An encrypted file opens with its passphrase alone: keep that somewhere else.
            Without it nobody can help.

            Example:
              followup backup /mnt/usb/followup-2026-11-21.db
              followup backup /srv/backup/followup.sealed --keep 14 --encrypt \\
                --passphrase-file ~/.followup-passphrase
            """
    )

    @Argument(help: ArgumentHelp("The file to make; with --keep the name of a series.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("Add the time to the name, and leave so many of the series.", valueName: "count"))
    var keep: Int?

    @Flag(help: "Encrypt the file with a passphrase.")
    var encrypt = false

    @OptionGroup var secret: PassphraseOptions

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let keep, keep < 1 { throw ValidationError("--keep takes a number from 1.") }
        if secret.passphraseFile != nil, !encrypt { throw ValidationError("--passphrase-file goes with --encrypt.") }
    }

    mutating func run() throws {
        let run = CommandRun(global)
        let file = try Required.text(file, "<file>")
        let passphrase = encrypt ? try secret.forSealing() : nil
        let (summary, zone) = try run.session("backup") { session in
            let progress = Progress("Copying pages", total: nil, quiet: global.quiet)
            defer { progress.finish() }
            let summary = try session.backUp(
                to: file,
                sealedWith: passphrase,
                keeping: keep,
                isDryRun: dryRun
            ) { done, _ in progress.update(done) }
            return (summary, session.zone)
        }
        if summary.stayed > 0 {
            run.console.warn("\(summary.stayed) older backups could not be removed; look at their folder's rights.")
        }
        var receipt = Receipt("backup made and checked")
        receipt.add("file", "File", .code(summary.path))
        receipt.add("bytes", "Bytes", summary.bytes.map { .int($0) } ?? .null)
        receipt.add("encrypted", "Encrypted", .bool(summary.isEncrypted))
        receipt.add("removed", "Older ones removed", .int(summary.removed))
        try run.show(receipt, in: zone, isDryRun: dryRun)
    }
}
