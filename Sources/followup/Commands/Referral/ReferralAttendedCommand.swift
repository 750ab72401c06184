internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services

struct ReferralAttendedCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "attended",
        abstract: "Records that the first appointment was attended: the family is connected.",
        discussion: """
            Example:
              followup referral attended 2026-00042 1 --at 2026-12-03T10:00
            """
    )

    @OptionGroup var referral: ReferralArgument

    @Option(help: .time)
    var at = "now"

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: referral.isIncomplete) { try referral.complete(&$0) }
        try run.advance("referral attended", referral, isDryRun: dryRun) { moments in
            let at = try moments.instant(at, "--at")
            // Connected means that the first appointment was attended, so that one command closes the loop.
            return [ReferralStep(.attended, at: at), ReferralStep(.connected, at: at)]
        }
    }
}
