/// The lines of a calendar file: RFC 5545 section 3.1.
struct CalendarText {
    /// Octets of a line without its end.
    private static let lineLength = 75

    private(set) var bytes: [UInt8] = []

    /// A line whose value is made of characters that need no escape: dates, durations, names of the standard.
    mutating func line(_ name: String, _ value: String) {
        fold("\(name):\(value)")
    }

    /// A line whose value is text for people (section 3.3.11).
    mutating func text(_ name: String, _ value: String) {
        fold("\(name):\(Self.escaped(value))")
    }

    /// Longer lines go on in the next one after a space, which counts; no character is broken in two.
    private mutating func fold(_ line: String) {
        var room = Self.lineLength
        for scalar in line.unicodeScalars {
            let encoded = UTF8.encode(scalar)?.count ?? 0
            if encoded > room {
                bytes += "\r\n ".utf8
                room = Self.lineLength - 1
            }
            bytes += String(scalar).utf8
            room -= encoded
        }
        bytes += "\r\n".utf8
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\", ";", ",": escaped += "\\\(character)"
            case "\n", "\r", "\r\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
