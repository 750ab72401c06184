internal import ArgumentParser
internal import CrisisCare
internal import Reports
internal import Services

struct StaffAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "add",
        abstract: "Adds a person to the staff list.",
        discussion: """
            A role without a site holds at all of them; --role may be repeated.

            Example:
              followup staff add bea --name "Bea Brown" --role clinician@Hartford
            """
    )

    @Argument(help: "The operating-system user name, or another name to act by.")
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
        try run.ask(when: login == nil || name == nil || roles.isEmpty) { questions in
            try questions.line(&self.login, "Login")
            try questions.line(&self.name, "Name")
            if roles.isEmpty {
                var role: Role?
                var site: String?
                try questions.choice(&role, "Role")
                try questions.choice(&site, "Site", among: questions.directory.openSites, isOptional: true)
                let word = (role?.rawValue ?? "") + (site.map { "@" + $0 } ?? "")
                roles = RoleArgument(argument: word).map { [$0] } ?? []
            }
        }
        let login = try Required.text(login, "<login>")
        let name = try Required.text(name, "--name")
        guard !roles.isEmpty else { return try Required.value(nil, "--role", oneOf: Role.words) }
        let grants = roles.map(\.grant)
        try run.administer("staff add", isDryRun: dryRun) { session, _ in
            try session.addStaff(login: login, name: name, grants: grants, isDryRun: dryRun)
            var receipt = Receipt("staff added")
            receipt.add("login", "Login", .code(login))
            return receipt
        }
    }
}
