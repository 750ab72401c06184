internal import ArgumentParser
internal import CrisisCare

struct ReferralCancelCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "cancel",
        abstract: "Records that the appointment was cancelled; schedule another.",
        discussion: """
            Example:
              followup referral cancel 2026-00042 1
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
        try run.advance("referral cancel", &referral, to: .cancelled, at: at, isDryRun: dryRun)
    }
}
