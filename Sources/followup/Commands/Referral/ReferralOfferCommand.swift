internal import ArgumentParser
internal import CrisisCare

struct ReferralOfferCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "offer",
        abstract: "Records that the referral was offered to the family.",
        discussion: """
            Example:
              followup referral offer 2026-00042 1
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
        try run.advance("referral offer", &referral, to: .offered, at: at, isDryRun: dryRun)
    }
}
