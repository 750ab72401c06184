internal import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

/// Asks the person at the terminal for what the command line left out, and sums it up before anything is written.
struct Questions {
    let prompt: Prompt
    let directory: Directory
    let moments: Moments
    private var summary: [(title: String, answer: String)] = []

    init(prompt: Prompt, directory: Directory, moments: Moments) {
        self.prompt = prompt
        self.directory = directory
        self.moments = moments
    }

    /// Asks for a line of text.
    mutating func line(_ value: inout String?, _ title: String, default fallback: String? = nil) throws {
        if value == nil { value = try prompt.line(title, default: fallback) }
        add(title, value)
    }

    /// Asks for a time until it can be read, so that a slip does not cost what was typed before.
    mutating func time(_ value: inout String?, _ title: String, default fallback: String? = "now") throws {
        if value == nil {
            let moments = moments
            value = try prompt.line(title, default: fallback) { text in
                Self.complaint { _ = try moments.instant(text, "it") }
            }
        }
        add(title, value)
    }

    mutating func date(_ value: inout String?, _ title: String, isOptional: Bool = false) throws {
        if value == nil {
            let moments = moments
            let answer = try prompt.line(title, isOptional: isOptional) { text in
                Self.complaint { _ = try moments.date(text, "it") }
            }
            if !answer.isEmpty { value = answer }
        }
        add(title, value)
    }

    /// Asks for one of the codes that rules depend on.
    mutating func choice<Code: CaseIterable & RawRepresentable<String>>(
        _ value: inout Code?,
        _ title: String,
        default fallback: Code? = nil
    ) throws {
        let codes = Array(Code.allCases)
        if value == nil {
            let place = fallback.flatMap { code in codes.firstIndex { $0.rawValue == code.rawValue } }
            value = codes[try prompt.choice(title, options: codes.map(\.rawValue), default: place)]
        }
        add(title, value?.rawValue)
    }

    /// Asks for one of the codes of a list that an administrator keeps.
    mutating func code(_ value: inout String?, _ title: String, of list: CodeList, isOptional: Bool = false) throws {
        try choice(&value, title, among: directory.codes.texts(of: list), isOptional: isOptional)
    }

    mutating func choice(
        _ value: inout String?,
        _ title: String,
        among options: [String],
        isOptional: Bool = false
    ) throws {
        guard !options.isEmpty else { return }
        if value == nil {
            let nothing = "(none)"
            let shown = isOptional ? [nothing] + options : options
            let answer = shown[try prompt.choice(title, options: shown, default: isOptional ? 0 : nil)]
            if !isOptional || answer != nothing { value = answer }
        }
        add(title, value)
    }

    /// Adds a line to the summary that was not asked for.
    private mutating func add(_ title: String, _ value: String?) {
        if let value { summary.append((title, value)) }
    }

    /// Shows what will be written and asks whether it shall be.
    func confirm() throws {
        prompt.say("")
        for (title, answer) in summary { prompt.say("  \(title): \(VisibleText.oneLine(answer, ascii: true))") }
        guard try prompt.confirm("Save this?", default: true) else {
            throw Failure(.usage, "it was not confirmed", hint: "Nothing was saved.")
        }
    }

    private static func complaint(_ check: () throws -> Void) -> String? {
        do {
            try check()
            return nil
        } catch {
            let failure = Failure.of(error)
            return [failure.message, failure.hint].compactMap(\.self).joined(separator: ". ")
        }
    }
}

extension CommandRun {
    /// Asks for what is missing where somebody can answer; elsewhere the command finds out by itself what it lacks.
    ///
    /// The database is closed meanwhile: nobody waits for a person who looks for a form.
    func ask(when isIncomplete: Bool, _ body: (inout Questions) throws -> Void) throws {
        let style = Style.of(2, noColor: options.noColor)
        guard isIncomplete, let prompt = Prompt.atTerminal(style: style) else { return }
        var questions = try session("look up names") { session in
            Questions(
                prompt: prompt,
                directory: try session.directory(),
                moments: Moments(zone: session.zone, now: session.now)
            )
        }
        try body(&questions)
        try questions.confirm()
    }
}
