internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services

struct ReferralScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "schedule",
        abstract: "Records the appointment, or another one in its place.",
        discussion: """
            Example:
              followup referral schedule 2026-00042 1 --appointment 2026-12-03T10:00
            """
    )

    @OptionGroup var referral: ReferralArgument

    @Option(help: ArgumentHelp("When the appointment is.", valueName: "time"))
    var appointment: String?

    @Option(help: .time)
    var at = "now"

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: referral.isIncomplete || appointment == nil) { questions in
            try referral.complete(&questions)
            try questions.time(&self.appointment, "Appointment", default: nil)
        }
        let appointment = try Required.text(appointment, "--appointment", hint: "Such as 2026-12-03T10:00.")
        try run.advance("referral schedule", referral, isDryRun: dryRun) { moments in
            let at = try moments.instant(at, "--at")
            let appointment = try moments.instant(appointment, "--appointment")
            return [ReferralStep(.scheduled, at: at, appointmentAt: appointment)]
        }
    }
}
