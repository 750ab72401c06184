internal import ArgumentParser
internal import CrisisCare
internal import Reports
internal import Services

struct SiteTownsCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "towns",
        abstract: "Sets the towns whose calls a site answers, in place of those before.",
        discussion: """
            Example:
              followup site towns Hartford --town Hartford --town Windsor
            """
    )

    @Argument(help: "The site's name.", completion: Completions.sites)
    var name: String?

    @Option(
        name: .customLong("town"),
        help: ArgumentHelp("A town; may be repeated.", valueName: "town"),
        completion: Completions.codes(of: .town)
    )
    var towns: [String] = []

    @Flag(help: "The site answers calls from no town.")
    var none = false

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: name == nil) { questions in
            try questions.choice(&self.name, "Site", among: questions.directory.openSites)
        }
        let name = try Required.text(name, "<name>")
        guard towns.isEmpty == none else {
            throw Failure(.usage, "--town is missing", hint: "Name every town with --town, or say --none; not both.")
        }
        try run.administer("site towns", isDryRun: dryRun) { session, _ in
            try session.setTowns(towns, ofSite: name, isDryRun: dryRun)
            var receipt = Receipt("towns set")
            receipt.add("site", "Site", .code(name))
            receipt.add("towns", "Towns", .int(Set(towns).count))
            return receipt
        }
    }
}
