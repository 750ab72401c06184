internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services

struct EpisodeArrivedCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "arrived",
        abstract: "Records that the clinician is with the child: the response, which starts the follow-up window.",
        discussion: """
            Example:
              followup episode arrived 2026-00042 --at "today 14:41"
              followup episode arrived 2026-00042 --late-reason "snow on Route 44"
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Option(help: .time)
    var at = "now"

    @Option(help: ArgumentHelp("Why the arrival was later than the standard allows.", valueName: "text"))
    var lateReason: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: caseNumber == nil) { questions in
            try questions.caseNumber(&caseNumber)
        }
        let number = try run.required(caseNumber: caseNumber)
        if let asked = try askForReason(run, number) { lateReason = asked }
        let reason = lateReason
        try run.change("episode arrived", "arrival recorded", isDryRun: dryRun) { session, moments in
            let change = try session.recordArrival(
                number,
                at: try moments.instant(at, "--at"),
                lateReason: reason ?? "",
                isDryRun: dryRun
            )
            if reason == nil, change.arrivedLate {
                run.console.warn(
                    "the arrival was late; to say why: "
                        + "followup episode amend \(change.caseNumber) --late-reason WHY --reason \"added\""
                )
            }
            return change
        }
    }

    /// At a terminal the arrival is rehearsed first, because only the case tells whether it would be late.
    private func askForReason(_ run: CommandRun, _ number: String) throws -> String? {
        guard lateReason == nil, let prompt = Prompt.atTerminal(style: .of(2, noColor: global.noColor)) else {
            return nil
        }
        let isLate = try run.session("episode arrived") { session in
            let moments = Moments(zone: session.zone, now: session.now)
            let instant = try moments.instant(at, "--at")
            return try session.recordArrival(number, at: instant, isDryRun: true).arrivedLate
        }
        return isLate ? try prompt.line("The arrival is late. Why", isOptional: true) : nil
    }
}

extension CaseChange {
    /// Whether the arrival came after its deadline.
    fileprivate var arrivedLate: Bool {
        history.deadlines(under: practice).contains { deadline in
            guard deadline.kind == .arrival, case .met(let at) = deadline.outcome else { return false }
            return at > deadline.dueAt
        }
    }
}
