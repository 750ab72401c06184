internal import ArgumentParser
internal import CrisisCare

struct ReferralNoShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "no-show",
        abstract: "Records that the family did not come to the appointment; schedule another.",
        discussion: """
            Example:
              followup referral no-show 2026-00042 1 --at 2026-11-20T10:00
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
        try run.advance("referral no-show", &referral, to: .noShow, at: at, isDryRun: dryRun)
    }
}
