/// A word of a text that a client's name has to answer: it begins a word of the name, or is near to one.
package struct SoughtWord: Hashable, Sendable {
    package let text: String
    /// Words of names that count as if they were the text.
    package var near: [String]

    package init(_ text: String, near: [String] = []) {
        self.text = text
        self.near = near
    }

    /// Whether one of a name's words answers this one, compared byte by byte like the words on record.
    func isAnswered(by words: [String]) -> Bool {
        words.contains { $0.utf8.starts(with: text.utf8) || near.contains($0) }
    }

    /// Where the words that answer stand among those on record: from the first up to, but not with, the end.
    var ranges: [(first: String, end: String)] {
        // The last scalar of Unicode is in no name, so that every word with the beginning sorts before it; the first
        // is in none either, so that nothing sorts between a word and the word with it behind.
        [(text, text + "\u{10FFFF}")] + near.map { ($0, $0 + "\u{0}") }
    }
}
