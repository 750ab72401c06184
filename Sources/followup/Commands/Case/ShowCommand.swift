internal import ArgumentParser
internal import CivilTime
internal import Reports
internal import Services

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "show",
        abstract: "Shows the whole case: who, the clocks and what became of them, and its course drawn by day.",
        discussion: """
            The drawing runs from the call to the end of the follow-up window; a day with
            several visits has their number. JSON has every field, clock and event.

            Example:
              followup show 2026-00042
              followup show 2026-00042 --all --as-of 2026-11-01T09:00
            """
    )

    @Argument(help: ArgumentHelp("The case number.", valueName: "case"), completion: Completions.openCases)
    var caseNumber: String

    @Flag(name: .customLong("all"), help: "Every clock and every event, not the latest alone.")
    var isWhole = false

    @Option(help: ArgumentHelp("Why the caregiver of minor-consented care is to be shown; audited.", valueName: "text"))
    var override: String?

    @Option(help: .asOf)
    var asOf: String?

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        try CommandRun(global).showCase(caseNumber, asOf: asOf, isWhole: isWhole, override: override, action: "show")
    }
}

struct EpisodeShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "show",
        abstract: "Shows an episode, like followup show.",
        discussion: """
            Example:
              followup episode show 2026-00042 --format json
            """
    )

    @Argument(help: ArgumentHelp("The case number.", valueName: "case"), completion: Completions.openCases)
    var caseNumber: String

    @Flag(name: .customLong("all"), help: "Every clock and every event, not the latest alone.")
    var isWhole = false

    @Option(help: ArgumentHelp("Why the caregiver of minor-consented care is to be shown; audited.", valueName: "text"))
    var override: String?

    @Option(help: .asOf)
    var asOf: String?

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.showCase(caseNumber, asOf: asOf, isWhole: isWhole, override: override, action: "episode show")
    }
}

extension CommandRun {
    fileprivate func showCase(
        _ caseNumber: String,
        asOf: String?,
        isWhole: Bool,
        override: String?,
        action: String
    ) throws {
        let reason = try override.map { text throws(Failure) in try Required.text(text, "--override") }
        let number = try self.caseNumber(caseNumber)
        let (view, zone) = try session(action) { session in
            let instant = try session.instant(asOf: asOf)
            let view = try session.caseView(number, asOf: instant, action: action, overrideReason: reason)
            return (view, session.zone)
        }
        guard options.format == .table else { return try show(view.detail, in: zone) }
        try show(in: zone) { ShowText(presentation: $0, isWhole: isWhole).render(view) }
    }
}
