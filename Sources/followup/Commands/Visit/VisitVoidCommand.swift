internal import ArgumentParser
internal import CrisisCare
internal import Services

struct VisitVoidCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "void",
        abstract: "Voids a visit that was logged by mistake: it counts nowhere, and what it met is open again.",
        discussion: """
            Example:
              followup visit void 2026-00042 931640253186049 --reason "wrong case"
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Argument(help: ArgumentHelp("The visit's id, which logging it printed.", valueName: "visit-id"))
    var visit: Int64?

    @Option(help: ArgumentHelp("Why it is voided.", valueName: "text"))
    var reason: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: reason == nil && caseNumber != nil && visit != nil) { questions in
            try questions.line(&self.reason, "Reason")
        }
        let number = try run.required(caseNumber: caseNumber)
        let visit = try Required.value(visit, "<visit-id>", hint: "Logging the visit printed its id.")
        let reason = try Required.text(reason, "--reason")
        try run.change("visit void", "visit voided", isDryRun: dryRun) { session, _ in
            try session.voidVisit(number, RecordID(visit), reason: reason, isDryRun: dryRun)
        }
    }
}
