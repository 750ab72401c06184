internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

struct AuditListCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "list",
        abstract: "Lists entries of the audit, the newest first.",
        discussion: """
            A supervisor sees the entries of the site's cases and of the people who have a
            role there; an administrator sees all. Before and after of a change are shown to
            who may read the case. A command's own entry says "begun"; the entries whose
            column Command names it say how it ended. A case that was imported has one
            entry, "episode import", which counts what came with it.

            Example:
              followup audit list --case 2026-00042
              followup audit list --actor amy --since yesterday --action visit
              followup audit list --outcome refused --limit 20
            """
    )

    @Option(
        name: .customLong("case"),
        help: ArgumentHelp("Only entries of this case.", valueName: "case"),
        completion: Completions.openCases
    )
    var caseNumber: String?

    @Option(
        help: ArgumentHelp("Only what was done under this login.", valueName: "login"),
        completion: Completions.logins
    )
    var actor: String?

    @Option(help: ArgumentHelp("Only this action, or all that begin with this word: visit.", valueName: "action"))
    var action: String?

    @Option(help: ArgumentHelp("Only this outcome: done, refused, failed, begun or \"dry run\".", valueName: "outcome"))
    var outcome: String?

    @Option(help: ArgumentHelp("Only entries of this day or time and later.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Only entries of this day or time and earlier.", valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("At most so many lines.", valueName: "number"))
    var limit: Int?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1.") }
        if let outcome, !Outcome.isKnown(outcome) {
            let words = NearMatches.first(outcome, in: Outcome.words).joined(separator: ", ")
            throw ValidationError("--outcome is none that the audit knows; it is one of: \(words).")
        }
    }

    mutating func run() throws {
        let run = CommandRun(global)
        let number = try caseNumber.map { try run.caseNumber($0, needing: .readAudit) }
        try run.list("audit list", whenEmpty: "No entry.") { session in
            let moments = Moments(zone: session.zone, now: session.now)
            var query = AuditQuery()
            query.caseText = number
            query.login = actor
            query.action = action
            query.outcome = outcome
            query.since = try since.map { try Self.start(of: $0, "--since", moments) }
            query.before = try until.map { try Self.end(of: $0, "--until", moments) }
            query.limit = limit
            return try session.auditListing(query)
        }
    }

    private static func start(of text: String, _ option: String, _ moments: Moments) throws -> Instant {
        guard isDay(text) else { return try moments.instant(text, option) }
        return moments.zone.startOfDay(try moments.date(text, option))
    }

    /// The first instant after a day, or after the second of a time.
    private static func end(of text: String, _ option: String, _ moments: Moments) throws -> Instant {
        guard isDay(text) else { return try moments.instant(text, option).adding(seconds: 1) }
        return moments.zone.startOfDay(try moments.date(text, option).adding(days: 1))
    }

    private static func isDay(_ text: String) -> Bool {
        text != "now" && !text.contains(":")
    }
}
