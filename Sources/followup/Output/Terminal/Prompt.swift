/// Asks the person at the terminal for what a command still needs.
///
/// Questions go to the standard error, so that the standard output holds data only. An input that ends before the
/// answer is a `Failure` of usage, and nothing has been written by then.
final class Prompt {
    let reader: LineReader
    let style: Style
    private let output: Int32

    /// The prompt, or nil where nobody could answer: then a command must not ask.
    static func atTerminal(style: Style, input: Int32 = 0, output: Int32 = 2) -> Prompt? {
        guard Terminal.isTerminal(input), Terminal.isTerminal(output) else { return nil }
        return Prompt(input: input, output: output, style: style)
    }

    init(input: Int32, output: Int32, style: Style = .plain) {
        reader = LineReader(descriptor: input)
        self.output = output
        self.style = style
    }

    /// Asks for one line until it is acceptable.
    ///
    /// - Parameters:
    ///   - question: what is asked for, such as `Case`.
    ///   - fallback: what an empty line stands for; without it an empty line is asked again, unless `isOptional`.
    ///   - complaint: what is wrong with an answer, or nil to take it.
    func line(
        _ question: String,
        default fallback: String? = nil,
        isOptional: Bool = false,
        complaint: (String) -> String? = { _ in nil }
    ) throws(Failure) -> String {
        while true {
            let typed = try answer(to: question, hint: fallback ?? (isOptional ? "none" : nil))
            guard let typed else { continue }
            if typed.isEmpty, isOptional, fallback == nil { return "" }
            let value = typed.isEmpty ? fallback ?? "" : typed
            if value.isEmpty {
                say("An answer is needed. Ctrl-C stops without saving anything.")
            } else if let complaint = complaint(value) {
                say(complaint)
            } else {
                return value
            }
        }
    }

    /// Asks yes or no.
    func confirm(_ question: String, default fallback: Bool) throws(Failure) -> Bool {
        while true {
            guard let typed = try answer(to: question, hint: fallback ? "Y/n" : "y/N")?.lowercased() else { continue }
            if typed.isEmpty { return fallback }
            if "yes".hasPrefix(typed) { return true }
            if "no".hasPrefix(typed) { return false }
            say("Please answer yes or no.")
        }
    }

    /// Asks for a text of several lines, which ends with a single `.` on a line or with Ctrl-D.
    func text(_ title: String) throws(Failure) -> String {
        say("\(style.bold(title)) (end with a single . on a line)")
        var lines: [String] = []
        while true {
            switch try reader.next() {
            case .text("."), .end: return lines.joined(separator: "\n")
            case .text(let line): lines.append(line)
            case .unreadable: say("That line held keys that are no text and was left out. Type it again.")
            }
        }
    }

    /// One typed line without spaces around it; nil when it was unreadable and has to be asked for again.
    func answer(to question: String, hint: String?) throws(Failure) -> String? {
        let shown = VisibleText.oneLine(hint.map { "\(question) [\($0)]" } ?? question, ascii: true)
        write("\(style.bold(shown)): ")
        switch try reader.next() {
        case .text(let line):
            return Self.trimmed(line)
        case .unreadable:
            say("That line held keys that are no text. Type it again.")
            return nil
        case .end:
            say("")
            throw Failure(.usage, "the input ended before every question was answered", hint: "Nothing was saved.")
        }
    }

    func say(_ text: String) {
        write(text + "\n")
    }

    private func write(_ text: String) {
        try? Descriptor.write(Array(text.utf8), to: output)
    }

    private static func trimmed(_ text: String) -> String {
        func isSpace(_ character: Character) -> Bool { character.isWhitespace }
        let start = text.drop(while: isSpace)
        return String(start.reversed().drop(while: isSpace).reversed())
    }
}
