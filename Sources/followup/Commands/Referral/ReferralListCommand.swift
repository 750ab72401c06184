internal import ArgumentParser
internal import Reports
internal import Services

struct ReferralListCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "list",
        abstract: "Lists the referrals of a case, or of all cases.",
        discussion: """
            Example:
              followup referral list 2026-00042
              followup referral list --open --format csv
            """
    )

    @Argument(
        help: ArgumentHelp("The case number (default: every case).", valueName: "case"),
        completion: Completions.openCases
    )
    var caseNumber: String?

    @Flag(help: "Only those whose outcome is not known yet.")
    var open = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let number = try caseNumber.map { try run.caseNumber($0) }
        try run.list("referral list", whenEmpty: "No referral.") { session in
            try session.referralList(number, openOnly: open)
        }
    }
}
