internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services

struct EpisodeCloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "close",
        abstract: "Discharges: closes the case and ends what it still owed.",
        discussion: """
            A discharge known only by its date (--on) lies before today and holds from the
            next midnight.

            Example:
              followup episode close 2026-00042 --reason "met treatment goals"
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Option(
        help: ArgumentHelp("The discharge reason.", valueName: "code"),
        completion: Completions.codes(of: .dischargeReason)
    )
    var reason: String?

    @Option(help: ArgumentHelp("When; local time, or with an offset (default: now).", valueName: "time"))
    var at: String?

    @Option(name: .customLong("on"), help: ArgumentHelp("The day, when the time is not known.", valueName: "date"))
    var day: String?

    @Option(help: ArgumentHelp("Why open referrals are handed over.", valueName: "text"))
    var handOver: String?

    @Option(help: ArgumentHelp("Why a supervisor closes it in spite of what is missing.", valueName: "text"))
    var override: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: caseNumber == nil || reason == nil) { questions in
            try questions.caseNumber(&caseNumber)
            try questions.code(&self.reason, "Discharge reason", of: .dischargeReason)
        }
        let number = try run.required(caseNumber: caseNumber)
        let reason = try Required.text(reason, "--reason", hint: "Such as --reason \"met treatment goals\".")
        guard at == nil || day == nil else {
            throw Failure(.usage, "--at and --on exclude each other", hint: "Give one of them.")
        }
        try run.change("episode close", "closed", isDryRun: dryRun) { session, moments in
            try session.closeEpisode(
                number,
                try discharge(moments),
                reason: reason,
                handoverReason: handOver ?? "",
                overrideReason: override ?? "",
                isDryRun: dryRun
            )
        }
    }

    private func discharge(_ moments: Moments) throws -> Discharge {
        if let day {
            let date = try moments.date(day, "--on")
            guard date < moments.today else {
                throw Failure.refused(
                    Rule.inTheFuture.rawValue,
                    "a discharge known only by its day holds from the next midnight, which has not come",
                    hint: "Leave --on out to discharge now, or give the time with --at."
                )
            }
            return Discharge(on: date, in: moments.zone)
        }
        let instant = try moments.instant(at ?? "now", "--at")
        return Discharge(at: instant, on: moments.zone.date(of: instant))
    }
}
