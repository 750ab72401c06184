internal import ArgumentParser
internal import Sealing

/// Whether an exported file is encrypted, and with which passphrase.
struct SealingOptions: ParsableArguments {
    @Flag(help: "Encrypt the file with a passphrase; followup decrypt opens it.")
    var encrypt = false

    @OptionGroup var source: PassphraseOptions

    func validate() throws {
        if source.passphraseFile != nil, !encrypt { throw ValidationError("--passphrase-file goes with --encrypt.") }
    }

    /// The passphrase, asked for before anything is read; `nil` for a file that is not encrypted.
    func passphrase() throws(Failure) -> Passphrase? {
        encrypt ? try source.forSealing() : nil
    }
}
