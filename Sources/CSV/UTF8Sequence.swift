/// The shape of one character's bytes in UTF-8.
enum UTF8Sequence {
    case valid(length: Int)
    /// The bytes so far may be the beginning of a character; more are needed to tell.
    case unfinished
    case invalid

    /// Reads the sequence that starts at `start` with a byte of 0x80 or above.
    ///
    /// The ranges are those of table 3-7 of the Unicode Standard: no overlong form, no surrogate, nothing above U+10FFFF.
    static func read(_ bytes: Span<UInt8>, at start: Int) -> UTF8Sequence {
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch bytes[start] {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: length = 4
        default: return .invalid
        }
        guard start + length <= bytes.count else { return .unfinished }
        guard second.contains(bytes[start + 1]) else { return .invalid }
        for index in start + 2..<max(start + length, start + 2) where bytes[index] & 0xC0 != 0x80 {
            return .invalid
        }
        return .valid(length: length)
    }
}
