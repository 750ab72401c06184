internal import ArgumentParser
internal import Reports
internal import Services

struct StaffRetireCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "retire",
        abstract: "Retires a login: it can act no more, and its history stays.",
        discussion: """
            Example:
              followup staff retire bea
            """
    )

    @Argument(help: "The person's login.", completion: Completions.logins)
    var login: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: login == nil) { questions in
            try questions.choice(&self.login, "Login", among: questions.directory.activeLogins)
        }
        let login = try Required.text(login, "<login>")
        try run.administer("staff retire", isDryRun: dryRun) { session, _ in
            let open = try session.retireStaff(login: login, isDryRun: dryRun)
            if open > 0 {
                run.console.warn(
                    "\(open == 1 ? "an open case is" : "\(open) open cases are") still theirs: "
                        + "followup episode reassign --all-of \(login) --to LOGIN"
                )
            }
            var receipt = Receipt("staff retired")
            receipt.add("login", "Login", .code(login))
            receipt.detail.add("open_cases", "Open cases", .int(open))
            return receipt
        }
    }
}
