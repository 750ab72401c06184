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
        let (year, month, day) = components
        bytes.append(twoDigits: year / 100)
        bytes.append(twoDigits: year % 100)
        bytes.append(ASCII.hyphen)
        bytes.append(twoDigits: month)
        bytes.append(ASCII.hyphen)
        bytes.append(twoDigits: day)
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
