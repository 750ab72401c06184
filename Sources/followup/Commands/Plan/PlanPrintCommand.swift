internal import ArgumentParser
internal import CivilTime
internal import Reports
internal import Services

extension PlanLanguage: ExpressibleByArgument {}

struct PlanPrintCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "print",
        abstract: "Writes the active version as a page for one sheet of Letter paper, to be printed by a browser.",
        discussion: """
            The family's copy has no case number, no staff names and not what was said of
            lethal means. A file is written whole or not at all, for its owner alone; delete
            it once it is printed.

            Example:
              followup plan print 2026-00042 --family -o plan.html
              followup plan print 2026-00042 --family --language es -o plan.html
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write to this file instead of the standard output.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @Flag(name: .customLong("family"), help: "The copy that goes home.")
    var isForFamily = false

    @Option(help: "The language of the page's own words.")
    var language: PlanLanguage = .english

    @Option(help: ArgumentHelp("Why a copy goes home though the youth consented alone.", valueName: "text"))
    var override: String?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if global.format != .table {
            throw ValidationError("--format does not go with print, which writes a page; see plan show.")
        }
    }

    mutating func run() throws {
        let run = CommandRun(global)
        let number = try run.required(caseNumber: caseNumber)
        // A place that cannot be written to is found out before anything is read.
        let sink = try OutputSink.open(output, sparing: global.spared())
        let page = try run.session("plan print") { session in
            let plan = try session.planToPrint(number, forFamily: isForFamily, overrideReason: override ?? "")
            return PlanPage(plan, forFamily: isForFamily, language: language, zone: session.zone)
        }
        try sink.write(page.html)
        try sink.finish()
        for warning in page.warnings { run.console.warn(warning) }
    }
}
