/// The bytes that mean something in a CSV file.
enum Byte {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let tab = UInt8(ascii: "\t")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
    static let apostrophe = UInt8(ascii: "'")
    static let byteOrderMark: [3 of UInt8] = [0xEF, 0xBB, 0xBF]

    /// Letters, digits and most signs, which lie in one range above the comma and never need a closer look.
    static func isPlain(_ byte: UInt8) -> Bool {
        byte &- (comma + 1) < 0x80 - (comma + 1)
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == space || byte == tab
    }

    /// RFC 4180: what cannot stand in a cell without quotes.
    static func needsQuotes(_ byte: UInt8) -> Bool {
        switch byte {
        case comma, quote, carriageReturn, lineFeed: true
        default: false
        }
    }

    static func startsWithByteOrderMark(_ bytes: Span<UInt8>, at start: Int = 0) -> Bool {
        start + 3 <= bytes.count
            && bytes[start] == byteOrderMark[0]
            && bytes[start + 1] == byteOrderMark[1]
            && bytes[start + 2] == byteOrderMark[2]
    }
}
