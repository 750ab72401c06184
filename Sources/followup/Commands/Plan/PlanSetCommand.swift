internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

extension PlanPart: ExpressibleByArgument {}

struct PlanSetCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "set",
        abstract: "Adds an entry to a part of the draft, or sets the part anew.",
        discussion: """
            The steps, lethal-means and what child and family add (calm, escalating,
            triggers, helped, crisis, school) take one entry after another; youth,
            caregiver, copy and review have one value. An entry on the command line shows in
            the list of processes: - reads from the standard input, where each line is an
            entry.

            Example:
              followup plan set 2026-00042 warning-signs - < signs.txt
              followup plan set 2026-00042 coping "music" --replace
              followup plan set 2026-00042 triggers - < triggers.txt
              followup plan set 2026-00042 review 2026-12-01
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Argument(help: "The part of the plan.")
    var part: PlanPart?

    @Argument(help: ArgumentHelp("What it says; - reads it from the standard input.", valueName: "text"))
    var text: String?

    @Flag(help: "Put this in place of the part's entries; an empty text makes it empty.")
    var replace = false

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let number = try run.required(caseNumber: caseNumber)
        let part = try Required.value(part, "<part>", oneOf: PlanPart.words)
        try run.ask(when: text == nil) { questions in try questions.line(&self.text, part.rawValue) }
        let lines = try Self.lines(try Required.value(text, "<text>"))
        guard replace || lines.contains(where: { !$0.isBlank }) else {
            throw Failure(.usage, "<text> is empty", hint: "To make the part empty, add --replace.")
        }
        let gaps = try run.changeDraft("plan set", "draft changed", isDryRun: dryRun) { session, moments in
            // A review date may also be said as +14d.
            let lines = try part == .review ? lines.map { try moments.date($0, "<text>").description } : lines
            return try session.setPlanPart(number, part, to: lines, replaces: replace, isDryRun: dryRun)
        }
        tell(gaps, of: number, part, run.console)
    }

    /// How much is missing, and of that what this entry itself lacks; the whole list after every entry would hide it.
    private func tell(_ gaps: [PlanGap], of number: String, _ part: PlanPart, _ console: Console) {
        for case .lethalMeans(let places) in gaps where part == .lethalMeans && !places.isEmpty {
            console.warn("missing: \(PlanGap.lethalMeans(places).description)")
        }
        guard !gaps.isEmpty else { return console.note("nothing is missing: followup plan activate \(number)") }
        let parts = gaps.count == 1 ? "1 part is" : "\(gaps.count) parts are"
        console.note("\(parts) still missing: followup plan show \(number) --draft")
    }

    private static func lines(_ text: String) throws(Failure) -> [String] {
        let note = try TextSource.note(text, file: nil)
        guard text == "-" else { return [note] }
        return note.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    }
}

extension CommandRun {
    /// Changes the draft of a plan.
    /// - Returns: what it still lacks.
    func changeDraft(
        _ action: String,
        _ done: String,
        isDryRun: Bool,
        _ change: (borrowing Session, Moments) throws -> PlanDraftChange
    ) throws -> [PlanGap] {
        var gaps: [PlanGap] = []
        try self.change(action, done, isDryRun: isDryRun) { session, moments in
            let result = try change(session, moments)
            gaps = result.gaps
            return result.change
        } adding: { _, receipt in
            receipt.add("missing", "Missing", .int(gaps.count))
        }
        return gaps
    }
}
