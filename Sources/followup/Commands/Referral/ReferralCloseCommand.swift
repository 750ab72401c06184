internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services

struct ReferralCloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "close",
        abstract: "Closes a referral without a connection, with the reason.",
        discussion: """
            Example:
              followup referral close 2026-00042 1 --reason "the agency closed"
            """
    )

    @OptionGroup var referral: ReferralArgument

    @Option(help: ArgumentHelp("Why there is no connection.", valueName: "text"))
    var reason: String?

    @Option(help: .time)
    var at = "now"

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: referral.isIncomplete || reason == nil) { questions in
            try referral.complete(&questions)
            try questions.line(&self.reason, "Reason")
        }
        let reason = try Required.text(reason, "--reason", hint: "Say why there is no connection.")
        try run.advance("referral close", referral, isDryRun: dryRun) { moments in
            [ReferralStep(.closedWithoutConnection, at: try moments.instant(at, "--at"), reason: reason)]
        }
    }
}
