/// What was said and agreed about one means. Source: practice.md section 4.
///
/// As text: `medication: asked, present, locked by caregiver`; several are divided by `;`.
package struct LethalMeans: Hashable, Sendable {
    /// The text exactly as it was entered.
    package var text: String

    package init(text: String) {
        self.text = text
    }

    /// The means, one by one, of a text that divides them by `;`. Joined by `;` they are that text again.
    package static func list(from text: String) -> [LethalMeans] {
        guard !text.isEmpty else { return [] }
        return text.split(separator: ";", omittingEmptySubsequences: false).map { LethalMeans(text: String($0)) }
    }

    /// Whether the conversation about this means has an outcome: declined; or asked and absent;
    /// or asked, present, with the action agreed and by whom.
    package var hasOutcome: Bool {
        let halves = text.split(separator: ":", maxSplits: 1)
        guard halves.count == 2, !halves[0].isBlank else { return false }
        let parts = halves[1].split(separator: ",").map { $0.split(separator: " ") }
        switch (parts.first, parts.dropFirst().first) {
        case (["declined"], nil): return true
        case (["asked"], ["absent"]): return true
        case (["asked"], ["present"]): return Self.namesActionAndPerson(parts.dropFirst(2).joined())
        default: return false
        }
    }

    /// `locked by caregiver`: an action, the word, and a person.
    private static func namesActionAndPerson(_ words: some Sequence<Substring>) -> Bool {
        let words = Array(words)
        guard let by = words.lastIndex(of: "by") else { return false }
        return by > 0 && by < words.count - 1
    }
}

extension StringProtocol {
    /// Whether there is nothing but white space.
    package var isBlank: Bool {
        allSatisfy(\.isWhitespace)
    }
}
