internal import ArgumentParser
internal import CrisisCare
internal import Reports
internal import Services

struct StaffSetCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "set",
        abstract: "Gives a person another name, or other roles in place of those held.",
        discussion: """
            Example:
              followup staff set bea --role clinician@Hartford --role supervisor@Hartford
            """
    )

    @Argument(help: "The person's login.", completion: Completions.logins)
    var login: String?

    @Option(help: "The person's name.")
    var name: String?

    @Option(name: .customLong("role"), help: ArgumentHelp(RoleArgument.help, valueName: "role"))
    var roles: [RoleArgument] = []

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: login == nil) { questions in
            try questions.choice(&self.login, "Login", among: questions.directory.activeLogins)
        }
        let login = try Required.text(login, "<login>")
        let name = try name.map { try Required.text($0, "--name") }
        guard name != nil || !roles.isEmpty else {
            throw Failure(.usage, "there is nothing to change", hint: "Give --name, --role or both.")
        }
        let grants = roles.isEmpty ? nil : roles.map(\.grant)
        try run.administer("staff set", isDryRun: dryRun) { session, _ in
            try session.setStaff(login: login, name: name, grants: grants, isDryRun: dryRun)
            var receipt = Receipt("staff changed")
            receipt.add("login", "Login", .code(login))
            return receipt
        }
    }
}
