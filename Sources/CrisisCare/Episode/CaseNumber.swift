/// The number by which people know a case: the year of its call and a counter, `2026-00042`.
///
/// The counter has at least five digits; numbers sort by year and counter, not as text (cli.md).
package struct CaseNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Year * 1,000,000,000 + counter.
    package let order: Int64

    private static let perYear: Int64 = 1_000_000_000
    /// The least digits of the counter.
    package static let digits = 5
    /// The least counter that has its digits without a zero in front.
    private static let leastWithoutZero: Int64 = 10_000
    /// The last counter of a year.
    package static let lastCounter = perYear - 1

    package init(order: Int64) {
        self.order = order
    }

    package init(year: Int, counter: Int64) {
        self.init(order: Int64(year) * Self.perYear + counter)
    }

    /// Reads `2026-00042`; a counter of fewer than five digits, or with a needless zero in front, is no case number.
    package init?(_ text: String) {
        let yearDigits = 4
        var (year, counter, place) = (0, Int64(0), 0)
        for byte in text.utf8 {
            if place == yearDigits {
                guard byte == UInt8(ascii: "-") else { return nil }
            } else {
                guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
                let digit = Int(byte - UInt8(ascii: "0"))
                if place < yearDigits {
                    year = year * 10 + digit
                } else {
                    guard place <= yearDigits + Self.digits || counter >= Self.leastWithoutZero else { return nil }
                    counter = counter * 10 + Int64(digit)
                    guard counter <= Self.lastCounter else { return nil }
                }
            }
            place += 1
        }
        guard place > yearDigits + Self.digits, year >= 1000, counter > 0 else { return nil }
        self.init(year: year, counter: counter)
    }

    /// Reads the counter alone, `8` or `00008`, as a case of that year.
    package init?(short text: String, year: Int) {
        guard (1...9).contains(text.utf8.count),
            text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let counter = Int64(text), counter > 0
        else { return nil }
        self.init(year: year, counter: counter)
    }

    package var year: Int {
        Int(order / Self.perYear)
    }

    package var counter: Int64 {
        order % Self.perYear
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.order < right.order
    }

    package var description: String {
        // Digit by digit from the end: files show it by the million.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 + 1 + 9)
        Self.append(counter, digits: Self.digits, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(Int64(year), digits: 1, to: &bytes)
        bytes.reverse()
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The digits of a number without its sign, the last one first, and zeros up to so many digits.
    private static func append(_ number: Int64, digits: Int, to bytes: inout [UInt8]) {
        var rest = number.magnitude
        var count = 0
        while rest > 0 || count < digits {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
            count += 1
        }
    }
}
