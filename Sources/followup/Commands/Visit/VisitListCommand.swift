internal import ArgumentParser
internal import Reports
internal import Services

struct VisitListCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "list",
        abstract: "Lists a case's visits, with the ids by which they are voided.",
        discussion: """
            Example:
              followup visit list 2026-00042
            """
    )

    @Argument(help: ArgumentHelp("The case number.", valueName: "case"), completion: Completions.openCases)
    var caseNumber: String

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let number = try run.caseNumber(caseNumber)
        try run.list("visit list", whenEmpty: "The case has no visit.") { session in
            try session.visitList(number)
        }
    }
}
