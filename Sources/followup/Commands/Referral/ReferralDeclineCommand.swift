internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services

struct ReferralDeclineCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "decline",
        abstract: "Records that the family declined the referral.",
        discussion: """
            Example:
              followup referral decline 2026-00042 1 --reason "too far away"
            """
    )

    @OptionGroup var referral: ReferralArgument

    @Option(help: ArgumentHelp("What the family gave as its reason.", valueName: "text"))
    var reason: String?

    @Option(help: .time)
    var at = "now"

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: referral.isIncomplete) { try referral.complete(&$0) }
        try run.advance("referral decline", referral, isDryRun: dryRun) { moments in
            [ReferralStep(.declinedByFamily, at: try moments.instant(at, "--at"), reason: reason ?? "")]
        }
    }
}
