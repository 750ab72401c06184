internal import ArgumentParser
internal import Services

/// What every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: .customLong("db"),
        help: ArgumentHelp("The database (default: $FOLLOWUP_DB, else the user's data folder).", valueName: "file"),
        completion: .file()
    )
    var database: String?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Act as this staff login (default: $FOLLOWUP_AS, else yourself).", valueName: "login"),
        completion: Completions.logins
    )
    var login: String?

    @Option(help: "How results are written.")
    var format: OutputFormat = .table

    @Flag(help: "Say nothing but errors on the standard error.")
    var quiet = false

    @Flag(help: "Use no colors, as with NO_COLOR.")
    var noColor = false
}

extension GlobalOptions {
    func databasePath() throws(Failure) -> String {
        try DatabasePath.find(flag: database)
    }

    /// What the command's output must not replace.
    ///
    /// - Parameter inputs: the files that it reads.
    func spared(_ inputs: String?...) -> SparedFiles {
        // A command that opens no database, as `decrypt`, may do without one.
        SparedFiles(database: try? databasePath(), inputs: inputs)
    }

    func identity() -> Identity {
        let named = login ?? Environment.process.nonEmpty("FOLLOWUP_AS")
        return Identity(osUser: OSUser.current().name, namedLogin: named)
    }
}
