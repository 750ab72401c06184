internal import ArgumentParser
internal import CivilTime
internal import Reports
internal import Services

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows the whole case: who, the clocks and what became of them, and the timeline.",
        discussion: """
            Example:
              followup show 2026-00042
            """
    )

    @Argument(help: ArgumentHelp("The case number.", valueName: "case"))
    var caseNumber: String

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        try CommandRun(global).showCase(caseNumber, asOf, action: "show")
    }
}

struct EpisodeShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows an episode, like followup show.",
        discussion: """
            Example:
              followup episode show 2026-00042 --format json
            """
    )

    @Argument(help: ArgumentHelp("The case number.", valueName: "case"))
    var caseNumber: String

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        try CommandRun(global).showCase(caseNumber, asOf, action: "episode show")
    }
}

extension CommandRun {
    fileprivate func showCase(_ caseNumber: String, _ asOf: AsOfOption, action: String) throws {
        let (detail, zone) = try session(action) { session in
            (try session.showCase(caseNumber, asOf: asOf.instant(in: session), action: action), session.zone)
        }
        try show(detail, in: zone)
    }
}
