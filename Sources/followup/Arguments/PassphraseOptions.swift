internal import ArgumentParser
internal import Glibc
internal import Sealing

/// Where the passphrase of an encrypted file comes from: a file, or the person at the terminal.
///
/// Never the command line, which the process list and the shell's history show, and never an environment variable,
/// which every program that is started inherits and the system shows in /proc.
struct PassphraseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read the passphrase from this file, which only you may read (default: it is asked for).",
            valueName: "file"
        ),
        completion: .file()
    )
    var passphraseFile: String?
}

extension PassphraseOptions {
    /// Fewer characters are refused when a file is encrypted; arbitrary, three or four short words.
    private static let leastCharacters = 12

    /// Bytes; far more than anybody types, and arbitrary.
    private static let mostBytes = 1024

    /// The passphrase to encrypt with; at a terminal it is asked for twice.
    func forSealing() throws(Failure) -> Passphrase {
        guard let passphraseFile else {
            var typed = try ask(["Passphrase for the file", "The same again"])
            defer { for index in typed.indices { Passphrase.wipe(&typed[index]) } }
            guard typed[0] == typed[1] else {
                throw Failure(.usage, "the two passphrases differ", hint: "Run the command again. Nothing was written.")
            }
            return try taking(&typed[0], leastCharacters: Self.leastCharacters)
        }
        var bytes = try read(passphraseFile)
        return try taking(&bytes, leastCharacters: Self.leastCharacters)
    }

    /// The passphrase to open a file with.
    func forOpening() throws(Failure) -> Passphrase {
        guard let passphraseFile else {
            var typed = try ask(["Passphrase of the file"])
            return try taking(&typed[0], leastCharacters: 1)
        }
        var bytes = try read(passphraseFile)
        return try taking(&bytes, leastCharacters: 1)
    }

    private func ask(_ questions: [String]) throws(Failure) -> [[UInt8]] {
        guard Terminal.isTerminal(0), Terminal.isTerminal(2) else {
            throw Failure(
                .usage,
                "a passphrase is needed, and there is no terminal to ask at",
                hint: "Give it in a file that only you may read: --passphrase-file FILE."
            )
        }
        return try HiddenLines.ask(questions, most: Self.mostBytes)
    }

    private func taking(_ bytes: inout [UInt8], leastCharacters least: Int) throws(Failure) -> Passphrase {
        defer { Passphrase.wipe(&bytes) }
        // Bytes that begin a character of UTF-8: no String is made of a secret, for it could not be wiped.
        let characters = bytes.count { $0 & 0xC0 != 0x80 }
        guard characters >= least else {
            throw Failure(
                .usage,
                least > 1 ? "the passphrase is shorter than \(least) characters" : "the passphrase is empty",
                hint: least > 1 ? "Take four words or more that do not belong together. Nothing was written." : nil
            )
        }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw Failure(
                .usage,
                "the passphrase holds keys that are no text, or more than one line",
                hint: "Write it again, on one line."
            )
        }
        do throws(SealingError) {
            return try Passphrase(taking: &bytes)
        } catch {
            throw Failure.of(error)
        }
    }

    /// The file's one line without its end.
    private func read(_ path: String) throws(Failure) -> [UInt8] {
        let name = "the passphrase's file"
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            let code = errno
            guard code != ENOENT, code != ENOTDIR else {
                throw Failure(.notFound, "\(name) does not exist", hint: "Check its name and folder.")
            }
            throw Failure.system("\(name) cannot be opened", code: code, hint: "Choose a file that you may read.")
        }
        defer { close(file) }
        try Self.refuseUnlessPrivate(file, name)
        // One byte more than may be, so that a longer file is known; its pieces are wiped with it.
        var bytes = [UInt8](repeating: 0, count: Self.mostBytes + 3)
        defer { Passphrase.wipe(&bytes) }
        var count = 0
        while count < bytes.count {
            let more = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if more == 0 { break }
            if more < 0 {
                if errno == EINTR { continue }
                throw Failure.system("\(name) cannot be read", code: errno)
            }
            count += more
        }
        if count > 0, bytes[count - 1] == UInt8(ascii: "\n") { count -= 1 }
        if count > 0, bytes[count - 1] == UInt8(ascii: "\r") { count -= 1 }
        guard count <= Self.mostBytes else {
            throw Failure(.badData, "\(name) is longer than \(Self.mostBytes) bytes", hint: "Check its name.")
        }
        return Array(bytes[..<count])
    }

    /// A file on the disk must be its owner's alone; a pipe, as a shell's `<(...)`, belongs to its two ends.
    private static func refuseUnlessPrivate(_ file: Int32, _ name: String) throws(Failure) {
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw Failure.system("\(name) cannot be read", code: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFIFO:
            return
        case S_IFREG:
            guard status.st_mode & 0o077 == 0, status.st_uid == geteuid() || status.st_uid == 0 else {
                throw Failure(
                    .usage,
                    "others on this machine may read \(name)",
                    hint: "Make it yours alone with chmod 600, and think about a new passphrase."
                )
            }
        default:
            throw Failure(.usage, "\(name) is no ordinary file", hint: "Check its name.")
        }
    }
}
