/// The words under which a client is found.
package enum NameWords {
    static func words(of client: ClientRecord) -> [String] {
        words(of: client.firstName + " " + client.lastName)
    }

    /// The words of a text, without case and accents; an apostrophe or a hyphen divides words.
    package static func words(of text: String) -> [String] {
        if let plain = plainWords(of: text) { return plain }
        return folded(text).split { isBetweenWords($0) }.map(String.init)
    }

    /// The words of a text in ASCII, for which the tables of Unicode need not be asked; nil where it has other letters.
    private static func plainWords(of text: String) -> [String]? {
        var words: [String] = []
        var word: [UInt8] = []
        // Room for most names at once: to grow costs more than to read.
        words.reserveCapacity(4)
        word.reserveCapacity(24)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): word.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
            default:
                guard byte < 0x80 else { return nil }
                if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }

    /// Whether a character belongs to no word. A few signs of Indian scripts make one character with the space behind them.
    private static func isBetweenWords(_ character: Character) -> Bool {
        !character.isLetter && !character.isNumber || character.unicodeScalars.contains(" ")
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 < 0x80 }
    }

    /// A text without case and accents, so that Peña is found as PENA.
    ///
    /// Latin letters with a mark of Western and Central European, Turkish and Vietnamese names; others stay.
    package static func folded(_ text: String) -> String {
        let text = text.lowercased()
        guard !isPlain(text) else { return text }
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !combiningMarks.contains(scalar) {
            if let plain = plainLetters[scalar] { folded.append(contentsOf: plain) } else { folded.append(scalar) }
        }
        return String(folded)
    }

    /// The accents that stand behind their letter.
    private static let combiningMarks: ClosedRange<Unicode.Scalar> = "\u{300}"..."\u{36F}"

    private static let plainLetters: [Unicode.Scalar: String.UnicodeScalarView] = {
        var letters: [Unicode.Scalar: String.UnicodeScalarView] = [:]
        for (plain, marked) in [
            ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęěẹẻẽếềểễệ"), ("g", "ĝğġģ"),
            ("h", "ĥħ"), ("i", "ìíîïĩīĭįıǐỉị"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"),
            ("o", "òóôõöøōŏőơǒọỏốồổỗộớờởỡợ"), ("r", "ŕŗř"), ("s", "śŝşšș"), ("t", "ţťŧț"),
            ("u", "ùúûüũūŭůűųưǔụủứừửữự"), ("w", "ŵ"), ("y", "ýÿŷỳỵỷỹ"), ("z", "źżž"), ("ae", "æ"), ("oe", "œ"),
            ("ss", "ß"), ("th", "þ"),
        ] {
            for scalar in marked.unicodeScalars { letters[scalar] = plain.unicodeScalars }
        }
        return letters
    }()
}
