internal import ArgumentParser
internal import Services

/// How a report is written: as every command's result, and as a page.
enum ReportFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    case text
    case table
    case csv
    case json
    case html

    /// The format of the report's lists.
    var listFormat: OutputFormat {
        switch self {
        case .text, .table, .html: .table
        case .csv: .csv
        case .json: .json
        }
    }
}

/// What every command takes, with one format more.
struct ReportGlobalOptions: ParsableArguments {
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

    @Option(help: "How results are written; text and table are the same.")
    var format: ReportFormat = .table

    @Flag(help: "Say nothing but errors on the standard error.")
    var quiet = false

    @Flag(help: "Use no colors, as with NO_COLOR.")
    var noColor = false

    var options: GlobalOptions {
        var options = GlobalOptions()
        options.database = database
        options.login = login
        options.format = format.listFormat
        options.quiet = quiet
        options.noColor = noColor
        return options
    }
}
