/// A session at the shell as a text: what is typed stands in it beside what came of it.
///
/// A line that begins with `# ` or is empty is a remark. `% after NAME` plays another transcript first; `% write FILE`
/// and lines with `< ` make a file in the agency's folder. A command looks so:
///
///     $ FOLLOWUP_AS=sue followup visit log 2025-00001 --note -     what is typed at the shell
///     < calmer, sleeping better                                    the standard input, line by line
///     > phone                                                      instead of it: answers typed at a terminal
///     | 2025-00001  visit logged  ...                              the standard output
///     ! refused [...]: ...                                         the standard error
///     : Mode [phone]: phone                                        what the terminal showed
///     = 1                                                          the exit status, where it is not 0
///
/// `|`, `!`, `:` and `=` are written by the recording; the other lines by hand.
struct Transcript: Equatable {
    struct Step: Equatable {
        let command: String
        var input: [String] = []
        /// What is typed at a terminal, each answer when it is asked for; nil where there is no terminal.
        var answers: [String]?
    }

    enum Part: Equatable {
        case remark(String)
        case after(String)
        case file(name: String, lines: [String])
        case step(Step)
    }

    let parts: [Part]

    init(_ text: String) {
        var parts: [Part] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            let rest = String(line.dropFirst(2))
            switch line.first {
            case "|", "!", ":", "=": continue
            case "$": parts.append(.step(Step(command: rest)))
            case "%" where rest.hasPrefix("write "):
                parts.append(.file(name: String(rest.dropFirst("write ".count)), lines: []))
            case "%": parts.append(.after(String(rest.dropFirst("after ".count))))
            case "<", ">": parts.append(Self.adding(rest, isAnswer: line.hasPrefix(">"), to: parts.popLast()))
            default: parts.append(.remark(line))
            }
        }
        // The last line's end is no line of its own.
        if parts.last == .remark("") { parts.removeLast() }
        self.parts = parts
    }

    private static func adding(_ line: String, isAnswer: Bool, to part: Part?) -> Part {
        switch part {
        case .step(var step)?:
            if isAnswer { step.answers = (step.answers ?? []) + [line] } else { step.input.append(line) }
            return .step(step)
        case .file(let name, let lines)?:
            return .file(name: name, lines: lines + [line])
        case .remark?, .after?, nil:
            return .remark("# an input that belongs to no command was here")
        }
    }
}

extension Transcript {
    /// What came of a step.
    struct Outcome {
        let stdout: String
        let stderr: String
        /// Whether the standard error is what a terminal showed.
        let isScreen: Bool
        let status: Int32
    }

    /// The step with what came of it, as it stands in the file.
    static func text(_ step: Step, _ outcome: Outcome) -> String {
        var lines = ["$ " + step.command]
        lines += step.input.map { marked("<", $0) }
        lines += (step.answers ?? []).map { marked(">", $0) }
        lines += output("|", outcome.stdout)
        lines += output(outcome.isScreen ? ":" : "!", outcome.stderr)
        if outcome.status != 0 { lines.append("= \(outcome.status)") }
        return lines.map { $0 + "\n" }.joined()
    }

    /// A file as it stands in the transcript that makes it.
    static func text(file name: String, _ lines: [String]) -> String {
        (["% write " + name] + lines.map { marked("<", $0) }).map { $0 + "\n" }.joined()
    }

    private static func output(_ mark: String, _ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        // An output whose last line has no end must not look like one that has.
        if lines.last == "" { lines.removeLast() } else { lines.append("(no line end)") }
        return lines.map { marked(mark, $0) }
    }

    private static func marked(_ mark: String, _ line: String) -> String {
        line.isEmpty ? mark : mark + " " + line
    }
}
