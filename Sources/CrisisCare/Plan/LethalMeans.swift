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
        let halves = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1)
        guard halves.count == 2, !Substring(halves[0]).isBlank else { return false }
        let parts = halves[1].split(separator: UInt8(ascii: ",")).map { $0.split(separator: UInt8(ascii: " ")) }
        guard let first = parts.first else { return false }
        if Self.is(first, "declined") { return parts.count == 1 }
        guard Self.is(first, "asked"), parts.count > 1 else { return false }
        if Self.is(parts[1], "absent") { return true }
        return Self.is(parts[1], "present") && Self.namesActionAndPerson(Array(parts.dropFirst(2).joined()))
    }

    /// `locked by caregiver`: an action, the word, and a person.
    private static func namesActionAndPerson(_ words: [Substring.UTF8View]) -> Bool {
        guard let by = words.lastIndex(where: { $0.elementsEqual("by".utf8) }) else { return false }
        return by > 0 && by < words.count - 1
    }

    private static func `is`(_ words: [Substring.UTF8View], _ word: String) -> Bool {
        words.count == 1 && words[0].elementsEqual(word.utf8)
    }
}

extension StringProtocol {
    /// Whether there is nothing but white space.
    package var isBlank: Bool {
        allSatisfy(\.isWhitespace)
    }
}
