package import SQLite

/// Finds the words of names that are one slip of the keyboard from a word: one letter was added, left out or replaced,
/// or two neighbors changed places.
///
/// Asks only for letters that some name has at the place, so that the cost follows the length of the word and not how
/// many words there are.
package enum NearWords {
    /// Shorter words are near to too many others; arbitrary.
    package static let fewestLetters = 3

    package static func of<Mode>(_ word: String, in db: borrowing Access<Mode>) throws -> [String] {
        let letters = Array(word.unicodeScalars)
        guard letters.count >= fewestLetters else { return [] }
        var candidates: Set<String> = []
        for place in 0...letters.count {
            let start = letters[..<place]
            let rest = letters[place...]
            if !rest.isEmpty { candidates.insert(text(start + rest.dropFirst())) }
            if rest.count > 1 {
                candidates.insert(text(start + [letters[place + 1], letters[place]] + rest.dropFirst(2)))
            }
            let known = try self.letters(after: start, in: db)
            // No name begins so, and none with more of the word.
            if known.isEmpty { break }
            for letter in known {
                candidates.insert(text(start + [letter] + rest))
                if !rest.isEmpty { candidates.insert(text(start + [letter] + rest.dropFirst())) }
            }
        }
        candidates.remove(word)
        return try candidates.sorted().filter { try self.word(from: $0, in: db) == $0 }
    }

    /// The letters that follow a beginning in the words of names.
    private static func letters<Mode>(
        after start: ArraySlice<Unicode.Scalar>,
        in db: borrowing Access<Mode>
    ) throws -> [Unicode.Scalar] {
        var known: [Unicode.Scalar] = []
        // U+0000 is in no name: what comes from there on is longer than the beginning.
        var next: Unicode.Scalar? = "\u{0}"
        while let from = next, let word = try word(from: text(start + [from]), in: db) {
            let letters = Array(word.unicodeScalars)
            guard letters.count > start.count, letters[..<start.count] == start else { break }
            known.append(letters[start.count])
            next = following(letters[start.count])
        }
        return known
    }

    /// The scalar behind another; surrogates are none.
    private static func following(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        Unicode.Scalar(scalar.value == 0xD7FF ? 0xE000 : scalar.value + 1)
    }

    /// The first word of a name that does not sort before a text.
    static func word<Mode>(from text: String, in db: borrowing Access<Mode>) throws -> String? {
        try db.first("SELECT word FROM client_name_word WHERE word >= \(text) ORDER BY word LIMIT 1") {
            try $0.text(0)
        }
    }

    private static func text(_ letters: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: letters)
        return String(text)
    }
}
