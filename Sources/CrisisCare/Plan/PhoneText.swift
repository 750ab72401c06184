/// Finds phone numbers in what a person wrote.
package enum PhoneText {
    /// Digits of a phone number on which somebody can be reached (practice.md section 4).
    static let leastDigits = 10

    /// What a letter of a text is to a phone number.
    private enum Mark: Equatable {
        case digit(UInt8)
        /// Divides a number into the groups in which it is spoken.
        case groupSeparator
        /// Stands between the digits of a group.
        case separator
        /// Ends the number.
        case other
    }

    /// Whether a text holds a number on which somebody can be reached.
    package static func isReachable(_ text: String) -> Bool {
        longestNumber(in: text) >= leastDigits
    }

    /// How many digits the longest number has.
    static func longestNumber(in text: String) -> Int {
        var longest = 0
        forEachNumber(in: text) { groups in longest = max(longest, groups.reduce(0) { $0 + $1.count }) }
        return longest
    }

    /// Whether a short number such as 988 stands in a text by itself: `2-1-1 (24/7)` names 211.
    ///
    /// A group of more digits beside it makes it part of a longer number: `203 988 2110` does not name 988.
    static func names(_ short: String, in text: String) -> Bool {
        let wanted = Array(short.utf8)
        var isNamed = false
        forEachNumber(in: text) { groups in
            guard !isNamed else { return }
            isNamed =
                groups.joined().elementsEqual(wanted)
                || (groups.contains(wanted) && groups.allSatisfy { $0.count <= wanted.count })
        }
        return isNamed
    }

    /// Calls `body` with the groups of digits of every number.
    private static func forEachNumber(in text: String, _ body: ([[UInt8]]) -> Void) {
        var groups: [[UInt8]] = []
        var beginsGroup = true
        func read(_ mark: Mark) {
            switch mark {
            case .digit(let digit):
                if beginsGroup { groups.append([]) }
                beginsGroup = false
                groups[groups.count - 1].append(digit)
            case .groupSeparator: beginsGroup = true
            case .separator: break
            case .other:
                if !groups.isEmpty { body(groups) }
                groups.removeAll(keepingCapacity: true)
                beginsGroup = true
            }
        }
        // Letter by letter, as people read, only where a letter may be more than a byte: most are not.
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            for byte in text.utf8 { read(mark(byte)) }
        } else {
            for character in text { read(mark(character)) }
        }
        read(.other)
    }

    private static func mark(_ character: Character) -> Mark {
        switch character {
        case "\u{A0}": .groupSeparator
        // Word processors make long dashes and hard spaces of short ones.
        case "\u{2011}", "\u{2013}": .separator
        default: character.isASCII ? mark(character.asciiValue ?? 0) : .other
        }
    }

    private static func mark(_ byte: UInt8) -> Mark {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit(byte)
        case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+"): .groupSeparator
        case UInt8(ascii: "."), UInt8(ascii: "-"): .separator
        default: .other
        }
    }
}
