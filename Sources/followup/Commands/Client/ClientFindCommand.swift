internal import ArgumentParser
internal import Reports
internal import Services

struct ClientFindCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "find",
        abstract: "Finds clients by name, birth date, reference or case number; closed cases too.",
        discussion: """
            The beginning of a name is enough; capitals and accents do not matter.
            Names that are one letter off are listed as near.

            Example:
              followup client find "jen peña"
              followup client find 2012-03-04
              followup client find - < name.txt
            """
    )

    @Argument(help: ArgumentHelp("What to look for; - reads a line.", valueName: "text"))
    var text: String?

    @Option(help: ArgumentHelp("At most so many lines, whole names first.", valueName: "number"))
    var limit = Self.mostListed

    /// More than anybody looks through, and little to hold in memory; arbitrary.
    private static let mostListed = 100

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: text == nil) { try $0.line(&self.text, "Name") }
        let given = try TextSource.names([("<text>", text)]).first ?? nil
        let text = try Required.text(given, "<text>", hint: "Give a name, a birth date or a case number.")
        if limit < 1 { throw Failure(.usage, "--limit is less than 1") }
        var hasMore = false
        try run.list("client find", whenEmpty: "No client of that name at your sites.") { session in
            let listing = try session.clientList(text, limit: limit)
            hasMore = listing.hasMore
            return listing
        }
        if hasMore {
            run.console.note("More clients match. Give more of the name or the birth date, or a higher --limit.")
        }
    }
}
