internal import CivilTime
package import CrisisCare

/// A line of a plan that cannot be taken: what is wrong with it, never what it says.
package struct PlanLineError: Error, Equatable, Sendable {
    /// Where the line stands among those that were given, from 0.
    package let index: Int
    /// What is wrong, and what to write instead, without a final period.
    package let problem: String
}

extension PlanContent {
    /// Sets a part to what these lines say; lines without a word are left out, and no line makes the part empty.
    package mutating func set(_ part: PlanPart, to lines: [String]) throws(PlanLineError) {
        var kept: [(index: Int, text: String)] = []
        for (index, line) in lines.enumerated() {
            let text = PlanText.tidied(line)
            if !text.isEmpty { kept.append((index, text)) }
        }
        for line in kept { try Self.check(line.text, part, line.index) }
        if let step = part.step {
            entries[step] = kept.isEmpty ? nil : kept.map(\.text)
            return
        }
        if let addition = part.addition {
            additions[addition] = kept.isEmpty ? nil : kept.map(\.text)
            return
        }
        if part == .lethalMeans {
            lethalMeans = kept.map { LethalMeans(text: $0.text) }
            return
        }
        if kept.count > 1 { throw PlanLineError(index: kept[1].index, problem: "\(part.rawValue) takes one line") }
        try set(single: part, to: kept.first?.text, index: kept.first?.index ?? 0)
    }

    private mutating func set(single part: PlanPart, to text: String?, index: Int) throws(PlanLineError) {
        switch part {
        case .youth: youthTookPart = try Self.bool(text, index)
        case .caregiver: caregiverTookPart = try Self.bool(text, index)
        case .copy: copyGiven = try Self.copy(text, index)
        default: reviewOn = try Self.date(text, index)
        }
    }

    private static func check(_ text: String, _ part: PlanPart, _ index: Int) throws(PlanLineError) {
        if part.step != nil || part.addition != nil, text.unicodeScalars.contains("|") {
            throw PlanLineError(
                index: index,
                problem:
                    "an entry cannot hold the sign |, which divides entries in files; write a comma, or two entries"
            )
        }
        if part == .lethalMeans, text.unicodeScalars.contains(";") {
            throw PlanLineError(
                index: index,
                problem:
                    "what is said of one means cannot hold the sign ;, which divides means in files; write two lines"
            )
        }
        let limit = part == .copy ? TextLimit.reason : .planEntry
        guard limit.allows(text) else {
            throw PlanLineError(index: index, problem: "it is longer than \(limit.longest) characters; shorten it")
        }
    }

    private static func bool(_ text: String?, _ index: Int) throws(PlanLineError) -> Bool? {
        guard let text else { return nil }
        switch text.lowercased() {
        case "yes": return true
        case "no": return false
        default: throw PlanLineError(index: index, problem: "whether somebody took part is yes or no")
        }
    }

    /// `Yes` is taken as `yes`, and `No: ` as `no: `, for the rule knows the small letters.
    private static func copy(_ text: String?, _ index: Int) throws(PlanLineError) -> String {
        guard let text else { return "" }
        if text.lowercased() == "yes" { return "yes" }
        let colon = text.unicodeScalars.firstIndex(of: ":")
        guard let colon, text[..<colon].lowercased() == "no" else {
            throw PlanLineError(index: index, problem: "whether a copy was given is yes, or no: and why not")
        }
        let reason = PlanText.tidied(String(text.unicodeScalars[colon...].dropFirst()))
        guard !reason.isEmpty else {
            throw PlanLineError(index: index, problem: "write after no: why there is no copy")
        }
        return "no: " + reason
    }

    private static func date(_ text: String?, _ index: Int) throws(PlanLineError) -> CivilDate? {
        guard let text else { return nil }
        guard let date = CivilDate(text) else {
            throw PlanLineError(index: index, problem: "the review date is no date; dates look like 2026-11-20")
        }
        return date
    }

    /// The content as a draft holds it: without white space around entries, and without empty ones.
    package var tidied: PlanContent {
        var content = self
        for step in PlanStep.allCases {
            let kept = (entries[step] ?? []).map(PlanText.tidied).filter { !$0.isEmpty }
            content.entries[step] = kept.isEmpty ? nil : kept
        }
        for addition in PlanAddition.allCases {
            let kept = (additions[addition] ?? []).map(PlanText.tidied).filter { !$0.isEmpty }
            content.additions[addition] = kept.isEmpty ? nil : kept
        }
        content.lethalMeans = lethalMeans.map { LethalMeans(text: PlanText.tidied($0.text)) }
            .filter { !$0.text.isEmpty }
        content.copyGiven = PlanText.tidied(copyGiven)
        return content
    }
}

/// The text of one entry as drafts hold it.
enum PlanText {
    /// The text with plain line ends, without white space around it and at the ends of its lines.
    static func tidied(_ text: String) -> String {
        var lines: [Substring.UnicodeScalarView] = []
        let plain = text.replacing("\r\n", with: "\n")
        for line in plain.unicodeScalars.split(
            omittingEmptySubsequences: false,
            whereSeparator: { $0 == "\n" || $0 == "\r" }
        ) {
            var line = line
            while line.last?.properties.isWhitespace == true { line.removeLast() }
            lines.append(line)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        guard let first = lines.firstIndex(where: { !$0.isEmpty }) else { return "" }
        lines.removeFirst(first)
        lines[0] = lines[0].drop { $0.properties.isWhitespace }
        return lines.map { String($0) }.joined(separator: "\n")
    }
}
