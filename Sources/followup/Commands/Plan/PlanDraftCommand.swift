internal import ArgumentParser
internal import CrisisCare
internal import Services

struct PlanDraftCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "draft",
        abstract: "Begins the next version of a plan, or goes on with it.",
        discussion: """
            At a terminal the form opens in your editor ($VISUAL, $EDITOR); without one, or
            with --ask, you are asked step by step. Elsewhere --form prints it and --file
            reads it back. A new draft starts from the active version. What is not finished
            and left unsaved leaves nothing.

            Example:
              followup plan draft 2026-00042
              followup plan draft 2026-00042 --form > plan.md
              followup plan draft 2026-00042 --file plan.md
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Option(
        help: ArgumentHelp("A form that is filled in; - is the standard input.", valueName: "form"),
        completion: .file()
    )
    var file: String?

    @Flag(name: .customLong("form"), help: "Print the form as it stands, to be filled in, and change nothing.")
    var printsForm = false

    @Flag(help: "Ask step by step instead of opening an editor.")
    var ask = false

    @Flag(help: "Throw the draft away; the active version stays.")
    var discard = false

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if [file != nil, printsForm, ask, discard].count(where: { $0 }) > 1 {
            throw ValidationError("--file, --form, --ask and --discard exclude each other.")
        }
    }

    mutating func run() throws {
        let run = CommandRun(global)
        let number = try run.required(caseNumber: caseNumber)
        if printsForm { return try run.printPlanForm(number) }
        if discard {
            return try run.change("plan draft", "draft thrown away", isDryRun: dryRun) { session, _ in
                try session.discardPlanDraft(number, isDryRun: dryRun)
            }
        }
        if let file {
            let content = try PlanFormSource.content(of: try PlanFormSource.read(file))
            return try run.saveDraft(number, content, replacing: nil, isDryRun: dryRun)
        }
        guard let prompt = Prompt.atTerminal(style: .of(2, noColor: global.noColor)) else {
            throw Failure(
                .usage,
                "there is no terminal at which to fill in the form",
                hint: "Print it with --form, fill it in, and give it back with --file FORM."
            )
        }
        let editor = ask ? nil : Editor.find().map(PlanEditor.init)
        try run.fillIn(number, isDryRun: dryRun, prompt, with: editor)
    }
}

extension CommandRun {
    /// Saves a whole form, and says all that it still lacks.
    fileprivate func saveDraft(
        _ number: String,
        _ content: PlanContent,
        replacing mark: PlanDraftMark?,
        isDryRun: Bool
    ) throws {
        let gaps = try changeDraft("plan draft", "draft saved", isDryRun: isDryRun) { session, _ in
            try session.savePlanDraft(number, content, replacing: mark, isDryRun: isDryRun)
        }
        for gap in gaps { console.note("missing: \(gap.description)") }
    }

    fileprivate func printPlanForm(_ number: String) throws {
        let draft = try session("plan draft") { try $0.planDraft(number) }
        let sink = OutputSink.standardOutput
        try sink.write(PlanForm.text(of: draft.content))
        try sink.finish()
        if draft.isPart2 { console.warn(Part2Notice.text) }
    }

    /// Lets a person fill in the form. The database is closed meanwhile, and what somebody else saved is not lost.
    fileprivate func fillIn(_ number: String, isDryRun: Bool, _ prompt: Prompt, with editor: PlanEditor?) throws {
        let (draft, moments) = try session("plan draft") { session in
            (try session.planDraft(number), Moments(zone: session.zone, now: session.now))
        }
        let content: PlanContent
        if let editor {
            guard let edited = try editor.edit(draft.content, prompt) else {
                return console.note("The form was not changed; nothing was saved.")
            }
            content = edited
        } else {
            content = try PlanQuestions(prompt: prompt, moments: moments).ask(draft.content)
        }
        do {
            try saveDraft(number, content, replacing: draft.mark, isDryRun: isDryRun)
        } catch let refusal as RuleViolation {
            // What took half an hour to write is not thrown away with the refusal.
            let sink = OutputSink.standardOutput
            try sink.write(PlanForm.text(of: content))
            try sink.finish()
            throw refusal
        }
    }
}
