// The one text form of a date: YYYY-MM-DD.

extension CivilDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    package var description: String {
        var bytes: [UInt8] = []
        appendText(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends `YYYY-MM-DD` to other bytes.
    package func appendText(to bytes: inout [UInt8]) {
        bytes.append(addingCapacity: 10) { appendText(to: &$0) }
    }

    /// Appends the ten bytes of `YYYY-MM-DD` without making a String, for writers of many dates.
    package func appendText(to bytes: inout OutputSpan<UInt8>) {
        let words = textWords
        bytes.append(words.0, count: 8)
        bytes.append(words.1, count: 2)
    }

    /// The ten bytes of `YYYY-MM-DD` in two words, of each the lowest byte first.
    package var textWords: (UInt64, UInt64) {
        let (year, month, day) = components
        let first =
            ASCII.twoDigits(year / 100) | ASCII.twoDigits(year % 100) << 16 | UInt64(ASCII.hyphen) << 32
            | ASCII.twoDigits(month) << 40 | UInt64(ASCII.hyphen) << 56
        return (first, ASCII.twoDigits(day))
    }

    /// Exactly `YYYY-MM-DD` in ASCII digits, a day that exists; `nil` for anything else.
    package init?(_ text: some StringProtocol) {
        // Only the first eleven bytes are copied: a longer text is refused anyway.
        let bytes = Array(text.utf8.prefix(11))
        self.init(utf8: bytes.span)
    }

    /// Exactly `YYYY-MM-DD` in ASCII digits, a day that exists; `nil` for anything else.
    package init?(utf8 bytes: Span<UInt8>) {
        guard bytes.count == 10 else { return nil }
        self.init(utf8Prefix: bytes)
    }

    /// The date in the first ten bytes, whatever follows them.
    init?(utf8Prefix bytes: Span<UInt8>) {
        guard bytes.count >= 10, bytes[4] == ASCII.hyphen, bytes[7] == ASCII.hyphen,
            let century = bytes.twoDigits(at: 0), let yearOfCentury = bytes.twoDigits(at: 2),
            let month = bytes.twoDigits(at: 5), let day = bytes.twoDigits(at: 8)
        else { return nil }
        self.init(year: century * 100 + yearOfCentury, month: month, day: day)
    }
}
