/// Dates and instants as the files write them: `YYYY-MM-DD`, and `YYYY-MM-DDTHH:MM[:SS]` with an offset or `Z`.
enum NaiveParsing {
    static func day(_ text: String) -> Int? {
        day(Array(text.utf8))
    }

    static func instant(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 17, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            let day = day(Array(bytes[0..<10])), let hour = digits(bytes[11..<13]), hour <= 23,
            let minute = digits(bytes[14..<16]), minute <= 59
        else { return nil }
        var rest = bytes[16...]
        var second = 0
        if rest.first == UInt8(ascii: ":") {
            guard rest.count >= 3, let value = digits(rest.dropFirst().prefix(2)), value <= 59 else { return nil }
            second = value
            rest = rest.dropFirst(3)
        }
        guard let offset = offset(Array(rest)) else { return nil }
        return Int64(day * 86_400 + hour * 3_600 + minute * 60 + second - offset)
    }

    private static func day(_ bytes: [UInt8]) -> Int? {
        let dash = UInt8(ascii: "-")
        guard bytes.count == 10, bytes[4] == dash, bytes[7] == dash, let year = digits(bytes[0..<4]),
            let month = digits(bytes[5..<7]), let day = digits(bytes[8..<10])
        else { return nil }
        return NaiveDay.number(year: year, month: month, day: day)
    }

    /// Seconds east of UTC.
    private static func offset(_ bytes: [UInt8]) -> Int? {
        if bytes == [UInt8(ascii: "Z")] { return 0 }
        guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            bytes[3] == UInt8(ascii: ":"), let hours = digits(bytes[1..<3]), let minutes = digits(bytes[4..<6])
        else { return nil }
        return (hours * 3_600 + minutes * 60) * (bytes[0] == UInt8(ascii: "-") ? -1 : 1)
    }

    private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in bytes {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }
}
