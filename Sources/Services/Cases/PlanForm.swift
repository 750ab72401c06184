package import CrisisCare

/// What is wrong with a form: where, and what to do about it, never what stands there.
package struct PlanFormError: Error, Equatable, Sendable {
    /// The line of the form, from 1.
    package let line: Int
    package let problem: String
}

/// A Crisis Safety Plan as a text to fill in with any editor: Markdown with a heading for each part, an entry on each
/// line after `- `, and the further lines of an entry moved in by two spaces. What is between `<!--` and `-->` on a
/// line is a hint. Writing a content and reading it again gives the same content.
package enum PlanForm {
    private static let title = "# Crisis Safety Plan"
    private static let headingMark = "## "
    private static let entryMark = "- "
    private static let margin = "  "

    private static func heading(of part: PlanPart) -> String {
        switch part {
        case .warningSigns: "1. Warning signs"
        case .coping: "2. Coping strategies"
        case .distraction: "3. People and places that distract"
        case .helpers: "4. People to ask for help"
        case .professionals: "5. Professionals and agencies"
        case .safeEnvironment: "6. Making the environment safe"
        case .lethalMeans: "Lethal means"
        case .calm: "When the youth is calm"
        case .escalating: "When the youth is escalating"
        case .triggers: "Triggers"
        case .helped: "What has helped"
        case .crisis: "What the family calls a crisis"
        case .school: "The school's part"
        case .youth: "Youth took part"
        case .caregiver: "Caregiver took part"
        case .copy: "Copy given"
        case .review: "Review on"
        }
    }

    private static func hint(for part: PlanPart) -> String {
        switch part {
        case .warningSigns: "One entry a line, in the person's own words; or: not applicable: and why"
        case .coping: "What the youth can do alone"
        case .distraction: "Where to go, whom to be with"
        case .helpers: "At least one adult with a phone number of ten digits"
        case .professionals: "988 and 2-1-1 among them"
        case .safeEnvironment: "What is done at home to make it safe"
        case .lethalMeans: "A line for each means, such as: medication: asked, present, locked by caregiver"
        case .calm: "How the youth looks then; this and what follows down to the school's part may stay empty"
        case .escalating: "What others can see as it begins"
        case .triggers: "What sets it off"
        case .helped: "What has helped before, and who did it"
        case .crisis: "When the family calls for help, in its own words"
        case .school: "Who helps there, and what the school does"
        case .youth, .caregiver: "yes or no"
        case .copy: "yes, or no: and why not"
        case .review: "A date inside the follow-up window, such as 2026-11-20"
        }
    }

    // MARK: Writing

    package static func text(of content: PlanContent) -> String {
        let content = content.tidied
        var text = title + "\n"
        for part in PlanPart.allCases {
            text += "\n\(headingMark)\(heading(of: part))\n\n<!-- \(hint(for: part)) -->\n"
            let lines = content.lines(of: part)
            for line in lines.isEmpty ? [""] : lines { text += entry(line) }
        }
        return text
    }

    private static func entry(_ text: String) -> String {
        var result = ""
        for (index, line) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let mark = index == 0 ? entryMark : (line.isEmpty ? "" : margin)
            result += mark + String(line) + "\n"
        }
        return result
    }

    // MARK: Reading

    /// The content of a form that somebody filled in. Every heading has to be there once: an entry under a heading
    /// that was deleted would be taken for one of the part before it.
    package static func content(of text: String) throws(PlanFormError) -> PlanContent {
        var reader = Reader()
        // A byte-order mark, and lines that end as on Windows, are no part of what was written.
        let plain = text.replacing("\r\n", with: "\n")
        var scalars = Substring(plain).unicodeScalars
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        let lines = scalars.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() { try reader.take(Substring(line), number: index + 1) }
        return try reader.finish(lastLine: lines.count)
    }

    private struct Reader {
        private var parts: [PlanPart: [(line: Int, text: String)]] = [:]
        private var part: PlanPart?
        private var blanks = 0
        private var isInEntry = false

        mutating func take(_ line: Substring, number: Int) throws(PlanFormError) {
            if line.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
                blanks += 1
                return
            }
            defer { blanks = 0 }
            if Self.starts(line, with: "<!--"), Self.isHint(line) { return }
            if Self.starts(line, with: headingMark) { return try begin(line, number) }
            guard let part else {
                if Self.trimmed(line) == title { return }
                throw PlanFormError(line: number, problem: "before the first heading there is only the title \(title)")
            }
            if Self.starts(line, with: "-"), Self.trimmed(line) == "-" {
                isInEntry = false
            } else if Self.starts(line, with: entryMark) {
                parts[part]?.append((number, Self.text(line.unicodeScalars.dropFirst(entryMark.count))))
                isInEntry = true
            } else if Self.starts(line, with: margin), isInEntry, let last = parts[part]?.indices.last {
                let between = String(repeating: "\n", count: blanks + 1)
                parts[part]?[last].text += between + Self.text(line.unicodeScalars.dropFirst(margin.count))
            } else {
                throw PlanFormError(
                    line: number,
                    problem: "begin an entry with a hyphen and a space, and move its further lines in by two spaces"
                )
            }
        }

        private mutating func begin(_ line: Substring, _ number: Int) throws(PlanFormError) {
            let title = Self.trimmed(Substring(line.unicodeScalars.dropFirst(headingMark.count))).lowercased()
            guard let found = PlanPart.allCases.first(where: { heading(of: $0).lowercased() == title }) else {
                throw PlanFormError(
                    line: number,
                    problem: "the form has no such heading; leave the headings as they are"
                )
            }
            guard parts[found] == nil else {
                throw PlanFormError(line: number, problem: "the heading \"\(heading(of: found))\" stands here again")
            }
            parts[found] = []
            part = found
            isInEntry = false
        }

        func finish(lastLine: Int) throws(PlanFormError) -> PlanContent {
            if let part = PlanPart.allCases.first(where: { parts[$0] == nil }) {
                throw PlanFormError(
                    line: lastLine,
                    problem: "the form ends without the heading \"\(headingMark)\(heading(of: part))\""
                )
            }
            var content = PlanContent()
            for (part, lines) in PlanPart.allCases.map({ ($0, parts[$0] ?? []) }) {
                do {
                    try content.set(part, to: lines.map(\.text))
                } catch {
                    let place = lines.indices.contains(error.index) ? lines[error.index].line : lastLine
                    throw PlanFormError(line: place, problem: error.problem)
                }
            }
            return content
        }

        /// By scalars: a combining mark after the hyphen's space would make one character of the two.
        private static func starts(_ line: Substring, with mark: String) -> Bool {
            line.unicodeScalars.starts(with: mark.unicodeScalars)
        }

        private static func isHint(_ line: Substring) -> Bool {
            trimmed(line).utf8.suffix(3).elementsEqual("-->".utf8)
        }

        private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            return String(text)
        }

        private static func trimmed(_ line: Substring) -> String {
            PlanText.tidied(String(line))
        }
    }
}
