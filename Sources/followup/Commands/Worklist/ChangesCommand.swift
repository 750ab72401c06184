internal import ArgumentParser
internal import Reports
internal import Services

struct ChangesCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "changes",
        abstract: "Lists what changed since a time, and by whom, the latest first.",
        discussion: """
            From the audit, of the cases that you may read. It names the fields that changed
            and shows no value: what a case holds is in followup show CASE. Changes of
            staff, sites, policies, codes and holidays are listed for administrators.

            Example:
              followup changes --since yesterday
              followup changes --since 2026-11-20T08:00 --by amy
            """
    )

    @Option(help: ArgumentHelp("From this time or day on.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Only what this login did.", valueName: "login"), completion: Completions.logins)
    var by: String?

    @Option(
        name: .customLong("case"),
        help: ArgumentHelp("Only what was done to this case.", valueName: "case"),
        completion: Completions.openCases
    )
    var caseNumber: String?

    @Option(help: ArgumentHelp("At most so many lines.", valueName: "number"))
    var limit: Int?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1.") }
    }

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: since == nil, confirms: false) { questions in
            try questions.line(&self.since, "Since", default: "yesterday")
        }
        let text = try Required.text(since, "--since", hint: "Give a time or a day: --since yesterday.")
        let number = try caseNumber.map { try run.caseNumber($0) }
        try run.list("changes", whenEmpty: "Nothing changed since then.") { session in
            let moments = Moments(zone: session.zone, now: session.now)
            var query = ChangeQuery(since: try moments.start(text, "--since"))
            query.actor = by
            query.caseText = number
            query.limit = limit
            return try session.changes(query)
        }
    }
}
