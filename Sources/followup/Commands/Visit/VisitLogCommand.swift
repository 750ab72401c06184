internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

struct VisitLogCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "log",
        abstract: "Logs a visit: a contact with the family, or an attempt at one.",
        discussion: """
            At a terminal three answers do: the mode, with whom it was, and what came of it,
            which saves the visit as of now. The answer e there opens your editor ($VISUAL,
            $EDITOR) for a note first, as --edit-note does.

            Example:
              followup visit log 2026-00042
              followup visit log 2026-00042 --mode phone --with youth
              followup visit log 2026-00042 --at "today 16:30" --mode "in person" \\
                --with both --minutes 50 --next +6d --note - < note.txt
              followup visit log 2026-00042 --mode phone --with caregiver --edit-note
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Option(help: .time)
    var at = "now"

    @Option(help: "How the visit was made.")
    var mode: ContactMode?

    @Option(help: "What became of it (default: completed).")
    var result: ContactResult?

    @Option(name: .customLong("with"), help: "With whom it was, or who was to be reached.")
    var metWith: ContactWith?

    @Option(help: ArgumentHelp("How long it took.", valueName: "minutes"))
    var minutes: Int?

    @Option(help: ArgumentHelp("A note; - reads it from the standard input.", valueName: "text"))
    var note: String?

    @Option(help: ArgumentHelp("A file that holds the note.", valueName: "file"), completion: .file())
    var noteFile: String?

    @Flag(help: "Write the note in your editor ($VISUAL, $EDITOR); an empty one is no note.")
    var editNote = false

    @Option(help: ArgumentHelp("The date promised to the family for the next contact.", valueName: "date"))
    var next: String?

    @Option(
        help: ArgumentHelp("Who made the visit (default: who logs it).", valueName: "login"),
        completion: Completions.logins
    )
    var by: String?

    @Option(help: ArgumentHelp("Why a caregiver was reached though the youth consented alone.", valueName: "text"))
    var override: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if editNote, note != nil || noteFile != nil {
            throw ValidationError("--edit-note does not go with --note and --note-file.")
        }
    }

    mutating func run() throws {
        let run = CommandRun(global)
        // What is answered and written takes time, and the visit was before it.
        let start = SystemClock.currentInstant()
        let minutes = try checkedMinutes()
        let typed = try complete(run, start)
        let number = try run.required(caseNumber: caseNumber)
        let mode = try Required.value(mode, "--mode", oneOf: ContactMode.words)
        let metWith = try Required.value(metWith, "--with", oneOf: ContactWith.words)
        let note = try typed ?? TextSource.note(note, file: noteFile)
        do {
            try run.change("visit log", "visit logged", isDryRun: dryRun) { session, moments in
                let instant = try at == "now" ? min(start, moments.now) : moments.instant(at, "--at")
                var visit = NewVisit(at: instant, mode: mode, result: result ?? .completed, with: metWith)
                visit.minutes = minutes
                visit.note = note
                visit.promisedNext = try next.map { try moments.date($0, "--next") }
                visit.overrideReason = override ?? ""
                return try session.logVisit(number, visit, by: by, isDryRun: dryRun)
            } adding: { change, receipt in
                receipt.add("visit_id", "Visit", .ifPresent(change.loggedVisit) { .code(String($0.value)) })
            }
        } catch let refusal as RuleViolation {
            try giveBack(typed)
            throw refusal
        }
    }

    /// Asks for what is missing, and lets the note be written.
    /// - Returns: the note that was typed now; `nil` where none could be.
    private mutating func complete(_ run: CommandRun, _ start: Instant) throws -> String? {
        var typed: String?
        try run.ask(when: isIncomplete, confirms: false) { questions in
            try questions.caseNumber(&caseNumber)
            let instant = try instant(run, start, questions.moments)
            let prospect = try rehearse(run, at: instant)
            questions.tell("When", Presentation.plain(zone: questions.moments.zone).text(.instant(instant)))
            try questions.choice(&mode, "Mode")
            try askWith(&questions, in: prospect.history)
            var note = try TextSource.note(self.note, file: noteFile)
            let writer = NoteWriter(prompt: questions.prompt, editor: .find())
            if editNote { note = try writer.write(note) }
            let saving = VisitSaving(prompt: questions.prompt, writer: writer)
            let summary = questions
            result = try saving.ask(result, note: &note) { summary.showSummary() }
            typed = note
        }
        if typed == nil, editNote, !isIncomplete { typed = try writeNote(run, start) }
        return typed
    }

    /// Finds out before anybody answers or writes anything whether the case takes a visit of that time.
    private func rehearse(_ run: CommandRun, at instant: Instant) throws -> CaseChange {
        let number = try run.required(caseNumber: caseNumber)
        return try run.session("visit log") { session in
            try session.rehearseVisit(number, at: min(instant, session.now), by: by)
        }
    }

    /// With whom it was; a caregiver in minor-consented care takes a reason, which is asked for at once.
    private mutating func askWith(_ questions: inout Questions, in history: EpisodeHistory) throws {
        while true {
            try questions.choice(&metWith, "With")
            guard let chosen = metWith, override == nil, history.needsOverride(chosen) else { return }
            questions.prompt.say("The youth consented to this care alone, so nothing goes to a caregiver.")
            try questions.line(&override, "Why it was the caregiver (Enter: choose again)", isOptional: true)
            guard override == nil else { return }
            metWith = nil
        }
    }

    private var isIncomplete: Bool {
        caseNumber == nil || mode == nil || metWith == nil
    }

    /// When the visit was, found out before anything is asked.
    private func instant(_ run: CommandRun, _ start: Instant, _ moments: Moments) throws -> Instant {
        if at == "now" { return start }
        do {
            return try moments.instant(at, "--at")
        } catch {
            // A time that the clocks refuse is a refusal, and each of them is audited.
            return try run.session("visit log") { _ in throw error }
        }
    }

    private func writeNote(_ run: CommandRun, _ start: Instant) throws -> String {
        guard let prompt = Prompt.atTerminal(style: .of(2, noColor: global.noColor)) else {
            throw Failure(
                .usage,
                "there is no terminal at which to write the note",
                hint: "Give it with --note - or --note-file FILE."
            )
        }
        let moments = try run.session("visit log") { Moments(zone: $0.zone, now: $0.now) }
        _ = try rehearse(run, at: try instant(run, start, moments))
        return try NoteWriter(prompt: prompt, editor: .find()).write("")
    }

    /// What somebody has just written is not thrown away with the refusal.
    private func giveBack(_ note: String?) throws {
        guard let note, !note.isEmpty else { return }
        let sink = OutputSink.standardOutput
        try sink.write(note + "\n")
        try sink.finish()
    }

    /// More minutes than a day has are a slip of the keyboard.
    private func checkedMinutes() throws(Failure) -> Int? {
        guard let minutes, !(0...1440).contains(minutes) else { return minutes }
        throw Failure(.usage, "--minutes is not between 0 and 1440", hint: "Give the visit's length in minutes.")
    }
}
