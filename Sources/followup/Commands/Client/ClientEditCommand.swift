internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

struct ClientEditCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "edit",
        abstract: "Corrects a client's name, birth date or sex.",
        discussion: """
            The audit keeps what was recorded before, and the reason. With --if-version the
            edit is refused when somebody else changed the client since client show printed
            that version.

            Example:
              followup client edit P7Q2K --last-name - --reason "typo" < name.txt
              followup client edit P7Q2K --birth-date 2012-03-04 --if-version 2 \\
                --reason "birth certificate seen"
            """
    )

    @Argument(help: ArgumentHelp("The client's reference, or a case number.", valueName: "ref"))
    var ref: String

    @Option(help: ArgumentHelp("The right first name; - reads a line.", valueName: "name"))
    var firstName: String?

    @Option(help: ArgumentHelp("The right last name; - reads a line.", valueName: "name"))
    var lastName: String?

    @Option(help: ArgumentHelp("The right birth date.", valueName: "date"))
    var birthDate: String?

    @Option(help: "The right sex.")
    var sex: Sex?

    @Option(help: ArgumentHelp("Why it is corrected.", valueName: "text"))
    var reason: String?

    @Option(help: ArgumentHelp("Only if the client still has this version.", valueName: "number"))
    var ifVersion: Int?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: reason == nil) { try $0.line(&self.reason, "Reason") }
        let reason = try Required.text(reason, "--reason")
        guard firstName != nil || lastName != nil || birthDate != nil || sex != nil else {
            throw Failure(
                .usage,
                "there is nothing to correct",
                hint: "Give what is right with --first-name, --last-name, --birth-date or --sex."
            )
        }
        let names = try TextSource.names([("--first-name", firstName), ("--last-name", lastName)])
        var correction = ClientCorrection()
        correction.firstName = try names[0].map { try Required.text($0, "--first-name") }
        correction.lastName = try names[1].map { try Required.text($0, "--last-name") }
        correction.sex = sex
        correction.readVersion = ifVersion
        var warnings: [String] = []
        try run.administer("client edit", isDryRun: dryRun) { session, moments in
            correction.birthDate = try birthDate.map { try moments.date($0, "--birth-date") }
            let change = try session.editClient(ref, correction, reason: reason, isDryRun: dryRun)
            warnings = change.warnings
            var receipt = Receipt("client corrected")
            receipt.add("client_ref", "Client", .code(change.clientRef))
            receipt.add("version", "Version", .int(change.version))
            return receipt
        }
        for warning in warnings { run.console.warn(warning) }
    }
}
