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
        return try existing(candidates.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, in: db)
    }

    /// Those of some texts, in the order of the index, that are words of names.
    private static func existing<Mode>(_ candidates: [String], in db: borrowing Access<Mode>) throws -> [String] {
        var words: [String] = []
        var following: String?
        for candidate in candidates {
            // Between the text that was sought last and the word found for it there is none.
            if let following, candidate.utf8.lexicographicallyPrecedes(following.utf8) { continue }
            guard let word = try word(from: candidate, in: db) else { break }
            if word.utf8.elementsEqual(candidate.utf8) { words.append(candidate) }
            following = word
        }
        return words
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
            var letters = word.unicodeScalars.makeIterator()
            guard start.allSatisfy({ $0 == letters.next() }), let letter = letters.next() else { break }
            known.append(letter)
            next = following(letter)
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
        var text = ""
        // One by one: the standard library takes ten times as long for all at once.
        for letter in letters { text.unicodeScalars.append(letter) }
        return text
    }
}
