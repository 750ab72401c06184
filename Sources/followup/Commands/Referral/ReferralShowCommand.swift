internal import ArgumentParser
internal import Reports
internal import Services

struct ReferralShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "show",
        abstract: "Shows a referral: its clocks, its steps, and the command that comes next.",
        discussion: """
            Example:
              followup referral show 2026-00042 1
            """
    )

    @OptionGroup var referral: ReferralArgument
    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let (number, ref) = try referral.required(run)
        let (detail, zone) = try run.session("referral show") { session in
            (try session.showReferral(number, ref), session.zone)
        }
        try run.show(detail, in: zone)
    }
}
