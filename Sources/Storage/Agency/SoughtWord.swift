/// A word of a text that a client's name has to answer: it begins a word of the name, or is near to one.
package struct SoughtWord: Sendable {
    package let text: String
    /// Words of names that count as if they were the text.
    package let near: [String]
    private let textBytes: [UInt8]
    private let nearBytes: [[UInt8]]

    package init(_ text: String, near: [String] = []) {
        self.text = text
        self.near = near
        textBytes = Array(text.utf8)
        nearBytes = near.map { Array($0.utf8) }
    }

    /// Whether one of the words of a name, which have a space between, answers this one, compared byte by byte.
    func isAnswered(by words: borrowing Span<UInt8>) -> Bool {
        var start = 0
        while start < words.count {
            var end = start
            while end < words.count, words[end] != UInt8(ascii: " ") { end += 1 }
            if isAnswered(by: words, start..<end) { return true }
            start = end + 1
        }
        return false
    }

    private func isAnswered(by words: borrowing Span<UInt8>, _ word: Range<Int>) -> Bool {
        if Self.stands(textBytes, in: words, word) { return true }
        for bytes in nearBytes where bytes.count == word.count && Self.stands(bytes, in: words, word) { return true }
        return false
    }

    /// Whether a word begins with some bytes.
    private static func stands(_ bytes: [UInt8], in words: borrowing Span<UInt8>, _ word: Range<Int>) -> Bool {
        guard bytes.count <= word.count else { return false }
        for place in bytes.indices where bytes[place] != words[word.lowerBound + place] { return false }
        return true
    }

    /// Where the words that answer stand among those on record: from the first up to, but not with, the end.
    var ranges: [(first: String, end: String)] {
        // The last scalar of Unicode is in no name, so that every word with the beginning sorts before it.
        [(text, text + "\u{10FFFF}")] + near.map(Self.range(of:))
    }

    /// Where a whole word stands.
    static func range(of word: String) -> (first: String, end: String) {
        // The first scalar of Unicode is in no name, so that nothing sorts between a word and the word with it behind.
        (word, word + "\u{0}")
    }
}
