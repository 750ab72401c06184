internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services

struct ReferralAnswerCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "answer",
        abstract: "Records the agency's answer; with an appointment the referral is scheduled too.",
        discussion: """
            Example:
              followup referral answer 2026-00042 1 --result waitlisted
              followup referral answer 2026-00042 1 --result accepted \\
                --appointment 2026-12-03T10:00
            """
    )

    enum Answer: String, CaseIterable, ExpressibleByArgument {
        case accepted
        case rejected
        case waitlisted

        var state: ReferralState {
            switch self {
            case .accepted: .accepted
            case .rejected: .rejected
            case .waitlisted: .waitlisted
            }
        }
    }

    @OptionGroup var referral: ReferralArgument

    @Option(help: "What the agency answered.")
    var result: Answer?

    @Option(help: ArgumentHelp("The first appointment, when it is accepted.", valueName: "time"))
    var appointment: String?

    @Option(help: ArgumentHelp("What the agency gave as its reason.", valueName: "text"))
    var reason: String?

    @Option(help: .time)
    var at = "now"

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: referral.isIncomplete || result == nil) { questions in
            try referral.complete(&questions)
            try questions.choice(&self.result, "Answer")
        }
        let result = try Required.value(result, "--result", oneOf: Answer.words)
        guard appointment == nil || result == .accepted else {
            throw Failure(
                .usage,
                "--appointment belongs to an answer that is accepted",
                hint: "Leave it out, or check --result."
            )
        }
        try run.advance("referral answer", referral, isDryRun: dryRun) { moments in
            let at = try moments.instant(at, "--at")
            let appointment = try appointment.map { try moments.instant($0, "--appointment") }
            var steps = [ReferralStep(result.state, at: at, appointmentAt: appointment, reason: reason ?? "")]
            if let appointment { steps.append(ReferralStep(.scheduled, at: at, appointmentAt: appointment)) }
            return steps
        }
    }
}
