internal import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

/// Asks the person at the terminal for what the command line left out, and sums it up before anything is written.
struct Questions {
    let prompt: Prompt
    let directory: Directory
    let moments: Moments
    /// The sites at which the person writes.
    let sites: [String]
    /// Finds the case that a text names, and refuses one in which the person cannot write.
    private let findCase: (String) throws -> String
    private var summary: [(title: String, answer: String)] = []

    init(
        prompt: Prompt,
        directory: Directory,
        moments: Moments,
        sites: [String] = [],
        findCase: @escaping (String) throws -> String = { $0 }
    ) {
        self.prompt = prompt
        self.directory = directory
        self.moments = moments
        self.sites = sites
        self.findCase = findCase
    }

    /// Refuses before anything is asked where no case could be opened.
    func requireSite() throws(Failure) {
        guard sites.isEmpty else { return }
        throw Failure(
            .usage,
            "there is no site at which you may open a case",
            hint: "An administrator adds one: followup site add NAME, or gives you a role: followup staff set LOGIN."
        )
    }

    /// Asks for the case, and finds out before anything else is asked that it is one to write in.
    mutating func caseNumber(_ value: inout String?) throws {
        let findCase = findCase
        if let named = value {
            value = try findCase(named)
        } else {
            var found = ""
            _ = try prompt.line("Case") { text in Self.complaint { found = try findCase(text) } }
            value = found
        }
        add("Case", value)
    }

    /// Asks for a line of text.
    mutating func line(
        _ value: inout String?,
        _ title: String,
        default fallback: String? = nil,
        isOptional: Bool = false,
        complaint: (String) -> String? = { _ in nil }
    ) throws {
        if value == nil {
            let answer = try prompt.line(title, default: fallback, isOptional: isOptional, complaint: complaint)
            if !answer.isEmpty { value = answer }
        }
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

    /// Asks yes or no.
    mutating func yesOrNo(_ title: String, default fallback: Bool = true) throws -> Bool {
        let answer = try prompt.confirm(title, default: fallback)
        add(title, answer ? "yes" : "no")
        return answer
    }

    /// Adds a line to the summary that was not asked for.
    mutating func tell(_ title: String, _ text: String) {
        add(title, text)
    }

    private mutating func add(_ title: String, _ value: String?) {
        // What is asked again is answered anew.
        summary.removeAll { $0.title == title }
        if let value { summary.append((title, value)) }
    }

    /// Shows what will be written.
    func showSummary() {
        prompt.say("")
        for (title, answer) in summary { prompt.say("  \(title): \(VisibleText.oneLine(answer, ascii: true))") }
    }

    /// Shows what will be written and asks whether it shall be.
    func confirm() throws {
        showSummary()
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
    /// - Parameter confirms: whether the sum of the answers is shown and confirmed here; otherwise the body does it.
    func ask(when isIncomplete: Bool, confirms: Bool = true, _ body: (inout Questions) throws -> Void) throws {
        let style = Style.of(2, noColor: options.noColor)
        guard isIncomplete, let prompt = Prompt.atTerminal(style: style) else { return }
        var questions = try session("look up names") { session in
            let directory = try session.directory()
            return Questions(
                prompt: prompt,
                directory: directory,
                moments: Moments(zone: session.zone, now: session.now),
                sites: directory.openSites(in: session.actor.scope(of: .writeCases)),
                findCase: { text in
                    let number = try caseNumber(text)
                    return try self.session("look up case") { try $0.caseToWork(number).description }
                }
            )
        }
        try body(&questions)
        if confirms { try questions.confirm() }
    }
}
