internal import ArgumentParser
internal import CrisisCare
internal import Reports
internal import Services

struct ReferralHandOffCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "hand-off",
        abstract: "Records a warm hand-off: both parties and the family took part.",
        discussion: """
            It is a fact of its own: a family is connected by a first appointment.

            Example:
              followup referral hand-off 2026-00042 1
            """
    )

    @OptionGroup var referral: ReferralArgument

    @Option(help: ArgumentHelp("Whether it took place; no corrects a yes.", valueName: "yes|no"))
    var tookPlace: YesNo = .yes

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: referral.isIncomplete) { try referral.complete(&$0) }
        let (number, ref) = try referral.required(run)
        var state = ReferralState.identified
        try run.change("referral hand-off", "hand-off recorded", isDryRun: dryRun) { session, _ in
            let result = try session.recordHandoff(
                number,
                ref,
                tookPlace: tookPlace == .yes,
                isDryRun: dryRun
            )
            state = result.state
            return result.change
        } adding: { _, receipt in
            receipt.add("referral_ref", "Referral", .code(ref))
            receipt.add("status", "Status", .code(state.rawValue))
            receipt.add("warm_handoff", "Warm hand-off", .bool(tookPlace == .yes))
        }
    }
}
