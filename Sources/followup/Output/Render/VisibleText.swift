/// Text of the record made safe to show: nothing in it can move the cursor, change a color or turn the line around.
enum VisibleText {
    /// The text on one line: line ends as ⏎, tabs as a space, other controls as visible escapes such as `\u{1B}`.
    static func oneLine(_ text: String, ascii: Bool) -> String {
        guard needsWork(text) else { return text }
        return lines(text).joined(separator: ascii ? " / " : "⏎")
    }

    /// The text's own lines, each of them safe to show.
    static func lines(_ text: String) -> [String] {
        guard needsWork(text) else { return [text] }
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if endsLine(scalar) {
                // CRLF ends one line, not two.
                if !(scalar == "\n" && previous == "\r") {
                    lines.append(String(line))
                    line = String.UnicodeScalarView()
                }
            } else if scalar == "\t" {
                line.append(" ")
            } else if isHidden(scalar) {
                line.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
            } else {
                line.append(scalar)
            }
            previous = scalar
        }
        lines.append(String(line))
        return lines
    }

    /// The message with its line ends kept and every other control made visible.
    static func message(_ text: String) -> String {
        lines(text).joined(separator: "\n")
    }

    /// Whether a terminal would obey this scalar instead of showing it: controls, and the characters that override
    /// the direction of writing (Unicode Technical Report 36, bidirectional text spoofing).
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }

    private static func needsWork(_ text: String) -> Bool {
        // Nearly every text is plain ASCII, and bytes are compared much faster than characters.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return false }
        return text.unicodeScalars.contains(where: isHidden)
    }
}
