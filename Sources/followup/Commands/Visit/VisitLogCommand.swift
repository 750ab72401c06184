internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

struct VisitLogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Logs a visit: a contact with the family, or an attempt at one.",
        discussion: """
            Example:
              followup visit log 2026-00042 --mode phone --with youth
              followup visit log 2026-00042 --at "today 16:30" --mode "in person" \\
                --with both --minutes 50 --next +6d --note - < note.txt
            """
    )

    @OptionGroup var caseArgument: CaseArgument

    @Option(help: ArgumentHelp("When; local time, or with an offset.", valueName: "time"))
    var at = "now"

    @Option(help: "How the visit was made.")
    var mode: ContactMode?

    @Option(help: "What became of it.")
    var result: ContactResult = .completed

    @Option(name: .customLong("with"), help: "With whom it was.")
    var metWith: ContactWith?

    @Option(help: ArgumentHelp("How long it took.", valueName: "minutes"))
    var minutes: Int?

    @Option(help: ArgumentHelp("A note; - reads it from the standard input.", valueName: "text"))
    var note: String?

    @Option(help: ArgumentHelp("A file that holds the note.", valueName: "file"), completion: .file())
    var noteFile: String?

    @Option(help: ArgumentHelp("The date promised to the family for the next contact.", valueName: "date"))
    var next: String?

    @Option(
        help: ArgumentHelp("Who made the visit (default: who logs it).", valueName: "login"),
        completion: Completions.logins
    )
    var by: String?

    @Option(help: ArgumentHelp("Why a caregiver was reached though the youth consented alone.", valueName: "text"))
    var override: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try complete(run)
        let number = try caseArgument.required()
        let mode = try Required.value(mode, "--mode", oneOf: ContactMode.words)
        let metWith = try Required.value(metWith, "--with", oneOf: ContactWith.words)
        let minutes = try checkedMinutes()
        let note = try TextSource.note(note, file: noteFile)
        try run.change("visit log", "visit logged", write) { session, moments in
            var visit = NewVisit(at: try moments.instant(at, "--at"), mode: mode, result: result, with: metWith)
            visit.minutes = minutes
            visit.note = note
            visit.promisedNext = try next.map { try moments.date($0, "--next") }
            visit.overrideReason = override ?? ""
            return try session.logVisit(number, visit, by: by, isDryRun: write.isDryRun)
        } adding: { change, receipt in
            receipt.add("visit_id", "Visit", .ifPresent(change.loggedVisit) { .code(String($0.value)) })
        }
    }

    private mutating func complete(_ run: CommandRun) throws {
        try run.ask(when: caseArgument.number == nil || mode == nil || metWith == nil) { questions in
            try questions.line(&caseArgument.number, "Case")
            var time: String? = at == "now" ? nil : at
            try questions.time(&time, "When")
            at = time ?? at
            try questions.choice(&self.mode, "Mode")
            var result: ContactResult? = self.result == .completed ? nil : self.result
            try questions.choice(&result, "Result", default: .completed)
            self.result = result ?? self.result
            try questions.choice(&self.metWith, "With")
            if note == nil, noteFile == nil { note = try questions.prompt.text("Note") }
        }
    }

    /// More minutes than a day has are a slip of the keyboard.
    private func checkedMinutes() throws(Failure) -> Int? {
        guard let minutes, !(0...1440).contains(minutes) else { return minutes }
        throw Failure(.usage, "--minutes is not between 0 and 1440", hint: "Give the visit's length in minutes.")
    }
}
