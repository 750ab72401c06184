internal import ArgumentParser
internal import CrisisCare
internal import Reports
internal import Services
internal import Storage

struct CodeRetireCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "retire",
        abstract: "Takes a code off what is offered; entries that have it keep it.",
        discussion: """
            No code is deleted. A code that a rule works with cannot be retired: see the
            column "fixed" of code list.

            Example:
              followup code retire referral-source "family advocate"
            """
    )

    @Argument(help: CodeListArgument.help)
    var list: CodeListArgument?

    @Argument(help: "The code, as it is shown.")
    var code: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: list == nil || code == nil) { questions in
            try questions.choice(&self.list, "List")
            if let list = self.list { try questions.code(&self.code, "Code", of: list.list) }
        }
        let list = try Required.value(list, "<list>", oneOf: CodeListArgument.allCases.map(\.rawValue))
        let code = try Required.text(code, "<code>")
        try run.administer("code retire", isDryRun: dryRun) { session, _ in
            try session.retireCode(code, of: list.list, isDryRun: dryRun)
            return .code("code retired", list, code)
        }
    }
}
