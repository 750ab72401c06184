internal import ArgumentParser
internal import CrisisCare
internal import Reports
internal import Services

struct EpisodeReassignCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "reassign",
        abstract: "Hands cases to another clinician: all of them or none.",
        discussion: """
            What is due follows the new clinician; past visits keep their author. Your own
            cases you hand over yourself; others' cases take a supervisor.

            Example:
              followup episode reassign 2026-00042 2026-00043 --to bea
              followup episode reassign --all-of amy --to bea --reason "leave" --partial
            """
    )

    @Argument(
        help: ArgumentHelp("The case numbers.", valueName: "case"),
        completion: Completions.openCases
    )
    var cases: [String] = []

    @Option(
        help: ArgumentHelp("Every open case of this login.", valueName: "login"),
        completion: Completions.logins
    )
    var allOf: String?

    @Option(help: ArgumentHelp("Who is to have them.", valueName: "login"), completion: Completions.logins)
    var to: String?

    @Option(help: ArgumentHelp("Why they change hands.", valueName: "text"))
    var reason: String?

    @Flag(help: "Reassign those that can be, and name the others.")
    var partial = false

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let chosen = try chosenCases(run)
        try run.ask(when: to == nil) { questions in
            try questions.choice(&self.to, "To", among: questions.directory.activeLogins)
        }
        let to = try Required.text(to, "--to", hint: "Name the login that is to have the cases.")
        var account = Reassignment()
        try run.administer("episode reassign", isDryRun: dryRun) { session, _ in
            account = try session.reassignEpisodes(
                chosen,
                to: to,
                reason: reason ?? "",
                isPartial: partial,
                isDryRun: dryRun
            )
            return Self.receipt(account, to: to)
        }
        for (number, refusal) in account.refusals {
            run.console.warn("\(number.description) was left as it is [\(refusal.rule.rawValue)]: \(refusal.message)")
        }
    }

    private func chosenCases(_ run: CommandRun) throws -> ReassignedCases {
        if let allOf {
            guard cases.isEmpty else {
                throw Failure(.usage, "--all-of and case numbers exclude each other", hint: "Give one of them.")
            }
            return .allOf(login: allOf)
        }
        guard !cases.isEmpty else {
            throw Failure(.usage, "there is no case to reassign", hint: "Give case numbers, or --all-of LOGIN.")
        }
        return .named(try cases.map { try run.caseNumber($0) })
    }

    private static func receipt(_ account: Reassignment, to login: String) -> Receipt {
        var receipt = Receipt("cases reassigned")
        receipt.add("to", "To", .code(login))
        receipt.add("reassigned", "Reassigned", .int(account.reassigned))
        receipt.add("unchanged", "Already theirs", .int(account.unchanged))
        receipt.add("refused", "Refused", .int(account.refusals.count))
        receipt.detail.add("cases", "Cases", account.listing(to: login))
        return receipt
    }
}
