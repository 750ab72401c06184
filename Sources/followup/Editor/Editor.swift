internal import Glibc

/// The person's own editor, on a text in a folder that nobody else can read.
struct Editor {
    /// More than any text has that is written here; arbitrary.
    private static let mostBytes = 1024 * 1024

    /// A command for the shell, such as `vim` or `code --wait`.
    let command: String

    /// `$VISUAL`, else `$EDITOR`.
    static func find(environment: Environment = .process) -> Editor? {
        (environment.nonEmpty("VISUAL") ?? environment.nonEmpty("EDITOR")).map(Editor.init)
    }

    /// Opens a text and waits until the editor ends. The folder is gone by then, whatever became of the editor; Ctrl-C
    /// reaches the editor alone.
    /// - Parameters:
    ///   - name: the file's name, whose ending tells the editor what it is.
    ///   - what: the text as messages call it, such as `the form`.
    /// - Returns: the text as it was left, without its last line end.
    func edit(_ text: String, as name: String, called what: String) throws(Failure) -> String {
        // Until the folder is gone: between the editor's end and the removal a second Ctrl-C would leave it.
        try TerminalSignals.ignored { () throws(Failure) in
            let folder = try PrivateFolder.make()
            defer { folder.remove() }
            let isOpenLine = !text.isEmpty && text.utf8.last != UInt8(ascii: "\n")
            try folder.write(isOpenLine ? text + "\n" : text, to: name)
            let path = "\(folder.path)/\(name)"
            // The file is handed over as a parameter of the shell, so that no sign in its name means anything.
            let status = try ChildProcess.run(["/bin/sh", "-c", "\(command) \"$1\"", "sh", path])
            guard status == 0 else {
                throw Failure(
                    .usage,
                    "the editor ended without success",
                    hint: "Nothing of it was saved. Check $VISUAL and $EDITOR."
                )
            }
            return try TextSource.noteText(FileBytes.read(path, named: what, most: Self.mostBytes), what)
        }
    }
}
