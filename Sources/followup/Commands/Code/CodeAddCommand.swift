internal import ArgumentParser
internal import Reports
internal import Services

struct CodeAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "add",
        abstract: "Adds a code to a list; one that was retired comes back.",
        discussion: """
            Example:
              followup code add referral-source "urgent crisis center"
            """
    )

    @Argument(help: CodeListArgument.help)
    var list: CodeListArgument?

    @Argument(help: "The code, as it is to be shown.")
    var code: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: list == nil || code == nil) { questions in
            try questions.choice(&self.list, "List")
            try questions.line(&self.code, "Code")
        }
        let list = try Required.value(list, "<list>", oneOf: CodeListArgument.allCases.map(\.rawValue))
        let code = try Required.text(code, "<code>")
        try run.administer("code add", isDryRun: dryRun) { session, _ in
            let wasRetired = try session.addCode(code, to: list.list, isDryRun: dryRun)
            return .code(wasRetired ? "code brought back" : "code added", list, code)
        }
    }
}

extension Receipt {
    static func code(_ done: String, _ list: CodeListArgument, _ code: String) -> Receipt {
        var receipt = Receipt(done)
        receipt.add("list", "List", .code(list.rawValue))
        receipt.add("code", "Code", .code(code))
        return receipt
    }
}
