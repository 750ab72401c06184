// Digits as bytes: times are read and written by the million, and a Character costs more than the time itself.

enum ASCII {
    static let zero = UInt8(ascii: "0")
    static let hyphen = UInt8(ascii: "-")
    static let plus = UInt8(ascii: "+")
    static let colon = UInt8(ascii: ":")
    static let space = UInt8(ascii: " ")
    static let letterT = UInt8(ascii: "T")
    static let letterZ = UInt8(ascii: "Z")
    /// Set in a lower-case letter, clear in its upper-case one.
    static let lowerCaseBit: UInt8 = 0x20

    /// A number of 0 ... 99 as two digits in a word, the tens in its lowest byte.
    static func twoDigits(_ number: Int) -> UInt64 {
        let number = UInt32(truncatingIfNeeded: number)
        return UInt64(number / 10 | (number % 10) << 8 | 0x3030)
    }
}

extension Span<UInt8> {
    /// The number of the two ASCII digits at `index` and after; `nil` when either is none.
    func twoDigits(at index: Int) -> Int? {
        // Wraps around below "0", so that one comparison excludes what is not a digit.
        let tens = self[index] &- ASCII.zero
        let units = self[index + 1] &- ASCII.zero
        guard tens <= 9, units <= 9 else { return nil }
        return Int(tens) * 10 + Int(units)
    }
}

extension OutputSpan<UInt8> {
    /// Appends the first bytes of a word, the lowest first.
    mutating func append(_ word: UInt64, count: Int) {
        for place in 0..<count { append(UInt8(truncatingIfNeeded: word >> UInt64(8 * place))) }
    }
}
