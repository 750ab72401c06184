internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

struct VisitAmendCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "amend",
        abstract: "Corrects a visit, which keeps its id; the case's deadlines follow.",
        discussion: """
            The rules judge the corrected visit like a new one. The audit keeps what was
            recorded before, and the reason. With --if-version the amendment is refused when
            somebody else changed the visit since visit list printed that version.

            Example:
              followup visit amend 2026-00042 931640253186049 --result "no answer" \\
                --reason "wrong key"
              followup visit amend 2026-00042 931640253186049 --at "yesterday 16:30" \\
                --no-next --if-version 1 --reason "wrong day"
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Argument(help: ArgumentHelp("The visit's id, as visit list shows it.", valueName: "visit-id"))
    var visit: Int64?

    @Option(help: ArgumentHelp("When it was; local time, or with an offset.", valueName: "time"))
    var at: String?

    @Option(help: "How the visit was made.")
    var mode: ContactMode?

    @Option(help: "What became of it.")
    var result: ContactResult?

    @Option(name: .customLong("with"), help: "With whom it was, or who was to be reached.")
    var metWith: ContactWith?

    @Option(help: ArgumentHelp("How long it took.", valueName: "minutes"))
    var minutes: Int?

    @Flag(name: .customLong("no-minutes"), help: "How long it took is not known.")
    var clearsMinutes = false

    @Option(help: ArgumentHelp("The whole note; - reads it from the standard input.", valueName: "text"))
    var note: String?

    @Option(help: ArgumentHelp("A file that holds the note.", valueName: "file"), completion: .file())
    var noteFile: String?

    @Option(help: ArgumentHelp("Who made the visit.", valueName: "login"), completion: Completions.logins)
    var by: String?

    @Option(help: ArgumentHelp("The date promised to the family for the next contact.", valueName: "date"))
    var next: String?

    @Flag(name: .customLong("no-next"), help: "No date was promised.")
    var clearsPromise = false

    @Option(help: ArgumentHelp("Why a caregiver was reached though the youth consented alone.", valueName: "text"))
    var override: String?

    @Option(help: ArgumentHelp("Why it is corrected.", valueName: "text"))
    var reason: String?

    @Option(
        name: .customLong("if-version"),
        help: ArgumentHelp("Only if the visit still has this version.", valueName: "number")
    )
    var readVersion: Int?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        try check()
        let run = CommandRun(global)
        try run.ask(when: reason == nil && caseNumber != nil && visit != nil && !isEmpty) { questions in
            try questions.line(&self.reason, "Reason")
        }
        let number = try run.required(caseNumber: caseNumber)
        let visit = try Required.value(visit, "<visit-id>", hint: "It is in: followup visit list \(number).")
        guard !isEmpty else {
            throw Failure(
                .usage,
                "there is nothing to correct",
                hint: "Give what is right, such as --at, --result, --with or --note; see --help."
            )
        }
        let reason = try Required.text(reason, "--reason")
        let amendment = try amendment()
        var version = 1
        try run.change("visit amend", "visit corrected", isDryRun: dryRun) { session, moments in
            var amendment = amendment
            amendment.at = try at.map { try moments.instant($0, "--at") }
            amendment.promisedNext = try next.map { try moments.date($0, "--next") }
            let changed = try session.amendVisit(
                number,
                RecordID(visit),
                amendment,
                reason: reason,
                isDryRun: dryRun
            )
            version = changed.version
            return changed.change
        } adding: { _, receipt in
            receipt.add("visit_id", "Visit", .code(String(visit)))
            receipt.add("version", "Version", .int(version))
        }
    }

    private func check() throws(Failure) {
        if next != nil, clearsPromise {
            throw Failure(.usage, "--next and --no-next exclude each other", hint: "Give one of them.")
        }
        if minutes != nil, clearsMinutes {
            throw Failure(.usage, "--minutes and --no-minutes exclude each other", hint: "Give one of them.")
        }
        if let minutes, !(0...1440).contains(minutes) {
            throw Failure(.usage, "--minutes is not between 0 and 1440", hint: "Give the visit's length in minutes.")
        }
    }

    private var isEmpty: Bool {
        at == nil && mode == nil && result == nil && metWith == nil && minutes == nil && !clearsMinutes && note == nil
            && noteFile == nil && by == nil && next == nil && !clearsPromise && override == nil
    }

    /// What needs no clock; times follow once the database is open.
    private func amendment() throws -> VisitAmendment {
        var amendment = VisitAmendment()
        amendment.mode = mode
        amendment.result = result
        amendment.with = metWith
        amendment.minutes = minutes
        amendment.clearsMinutes = clearsMinutes
        if note != nil || noteFile != nil { amendment.note = try TextSource.note(note, file: noteFile) }
        amendment.clinician = by
        amendment.clearsPromise = clearsPromise
        amendment.overrideReason = override
        amendment.readVersion = readVersion
        return amendment
    }
}
