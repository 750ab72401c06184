internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

struct ReferralAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "add",
        abstract: "Adds a referral that was identified; its reference within the case is 1, 2, 3.",
        discussion: """
            Example:
              followup referral add 2026-00042 --service outpatient --agency "Wheeler"
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Option(
        help: ArgumentHelp("The type of service.", valueName: "code"),
        completion: Completions.codes(of: .serviceType)
    )
    var service: String?

    @Option(help: ArgumentHelp("The agency that is to help.", valueName: "name"), completion: Completions.agencies)
    var agency: String?

    @Option(help: ArgumentHelp("Whether both parties and the family took part in the hand-off.", valueName: "yes|no"))
    var warmHandOff: YesNo?

    @Option(help: .time)
    var at = "now"

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: caseNumber == nil || service == nil || agency == nil) { questions in
            try questions.caseNumber(&caseNumber)
            try questions.code(&self.service, "Service", of: .serviceType)
            try questions.line(&self.agency, "Agency")
        }
        let number = try run.required(caseNumber: caseNumber)
        let service = try Required.text(service, "--service", hint: "Such as --service outpatient.")
        let agency = try Required.text(agency, "--agency", hint: "Name the agency that is to help.")
        var ref = ""
        try run.change("referral add", "referral added", isDryRun: dryRun) { session, moments in
            let result = try session.addReferral(
                number,
                service: service,
                agency: agency,
                warmHandoff: warmHandOff.map { $0 == .yes },
                steps: [ReferralStep(.identified, at: try moments.instant(at, "--at"))],
                isDryRun: dryRun
            )
            ref = result.ref
            return result.change
        } adding: { _, receipt in
            receipt.add("referral_ref", "Referral", .code(ref))
            receipt.add("status", "Status", .code(ReferralState.identified.rawValue))
        }
    }
}
