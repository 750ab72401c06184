internal import ArgumentParser
internal import Reports
internal import Services

struct StaffRetireCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract: "Retires a login: it can act no more, and its history stays.",
        discussion: """
            Example:
              followup staff retire bea
            """
    )

    @Argument(help: "The person's login.", completion: Completions.logins)
    var login: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: login == nil) { questions in
            try questions.choice(&self.login, "Login", among: questions.directory.activeLogins)
        }
        let login = try Required.text(login, "<login>")
        try run.administer("staff retire", write) { session, _ in
            try session.retireStaff(login: login, isDryRun: write.isDryRun)
            var receipt = Receipt("staff retired")
            receipt.add("login", "Login", .code(login))
            return receipt
        }
    }
}
