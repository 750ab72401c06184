internal import ArgumentParser
internal import CrisisCare

struct ReferralSendCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "send",
        abstract: "Records that the referral was sent; the agency's answer is due from now on.",
        discussion: """
            Example:
              followup referral send 2026-00042 1 --at "today 14:05"
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
        try run.advance("referral send", &referral, to: .sent, at: at, isDryRun: dryRun)
    }
}
