internal import ArgumentParser
internal import Sealing
internal import Services

struct DecryptCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "decrypt",
        abstract: "Opens a file that backup --encrypt or export --encrypt made.",
        discussion: """
            With -o the file appears when all of the input was whole and unaltered, or not
            at all, for its owner alone. To a pipe it goes as it is opened: there, only the
            exit status 0 says that it was all. To put a backup into the place of the
            database, use restore, which opens it by itself.

            Example:
              followup decrypt quarter.csv.sealed -o quarter.csv
              followup decrypt visits.csv.sealed \\
                --passphrase-file ~/.followup-passphrase | wc -l
            """
    )

    @Argument(help: ArgumentHelp("The encrypted file.", valueName: "file"), completion: .file())
    var file: String

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write to this file instead of the standard output.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @OptionGroup var secret: PassphraseOptions
    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let file = try Required.text(file, "<file>")
        guard try SealedFile.isSealed(file) else { throw SealingError.notSealed }
        let sink = try OutputSink.open(output, sparing: global.spared(file, secret.passphraseFile))
        // Records as they are could hold what a terminal obeys, and a database is nothing to look at.
        guard sink.isFile || !Terminal.isTerminal(sink.descriptor) else {
            throw Failure(
                .usage,
                "what comes out is not for a terminal",
                hint: "Write it to a file with -o FILE, or into a pipe."
            )
        }
        try SealedFile.open(file, with: try secret.forOpening()) { try sink.write($0) }
        try sink.finish()
        if sink.isFile { CommandRun(global).console.note("The file was whole and is written.") }
    }
}
