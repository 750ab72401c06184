internal import ArgumentParser
internal import CrisisCare
internal import Reports
internal import Services

struct SiteAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "add",
        abstract: "Adds a site.",
        discussion: """
            Example:
              followup site add Hartford --town Hartford --town "East Hartford"
            """
    )

    @Argument(help: "The site's name.")
    var name: String?

    @Option(
        name: .customLong("town"),
        help: ArgumentHelp("A town whose calls the site answers; may be repeated.", valueName: "town"),
        completion: Completions.codes(of: .town)
    )
    var towns: [String] = []

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: name == nil) { try $0.line(&self.name, "Site") }
        let name = try Required.text(name, "<name>")
        try run.administer("site add", isDryRun: dryRun) { session, _ in
            try session.addSite(named: name, towns: towns, isDryRun: dryRun)
            var receipt = Receipt("site added")
            receipt.add("site", "Site", .code(name))
            receipt.add("towns", "Towns", .int(Set(towns).count))
            return receipt
        }
    }
}
