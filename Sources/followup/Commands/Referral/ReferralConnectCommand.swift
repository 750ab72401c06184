internal import ArgumentParser
internal import CrisisCare

struct ReferralConnectCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "connect",
        abstract: "Records the connection of a referral that is attended.",
        discussion: """
            Example:
              followup referral connect 2026-00042 1
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
        try run.advance("referral connect", &referral, to: .connected, at: at, isDryRun: dryRun)
    }
}
