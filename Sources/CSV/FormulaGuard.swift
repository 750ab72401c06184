/// Keeps a spreadsheet from running a text as a formula, and gives the text back.
///
/// A text needs the guard, one apostrophe in front, when
/// - behind any leading apostrophes, spaces, tabs, line ends and byte-order marks it begins with `=`, `+`, `-`, `@`,
///   `|` or one of their full-width forms, or
/// - behind any leading apostrophes its first character is a tab or a carriage return.
///
/// Because apostrophes do not change whether a text needs the guard, a guarded text is known by the same question:
/// taking the guard away is exact for every text. A text that merely begins with an apostrophe is left alone.
package enum FormulaGuard {
    package static func needsGuard(_ text: Span<UInt8>) -> Bool {
        var index = 0
        while index < text.count, text[index] == Byte.apostrophe { index += 1 }
        guard index < text.count else { return false }
        if text[index] == Byte.tab || text[index] == Byte.carriageReturn { return true }
        while index < text.count {
            switch text[index] {
            case Byte.apostrophe, Byte.space, Byte.tab, Byte.carriageReturn, Byte.lineFeed:
                index += 1
            case Byte.byteOrderMark[0] where Byte.startsWithByteOrderMark(text, at: index):
                index += 3
            default:
                return startsFormula(text, at: index)
            }
        }
        return false
    }

    package static func guarded(_ text: String) -> String {
        needsGuard(text.utf8.span) ? "'" + text : text
    }

    package static func unguarded(_ text: String) -> String {
        isGuarded(text.utf8.span) ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// Whether the first byte is an apostrophe that stands there as a guard.
    package static func isGuarded(_ text: Span<UInt8>) -> Bool {
        !text.isEmpty && text[0] == Byte.apostrophe && needsGuard(text)
    }

    private static func startsFormula(_ text: Span<UInt8>, at index: Int) -> Bool {
        switch text[index] {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "|"):
            return true
        case 0xEF:
            guard index + 3 <= text.count else { return false }
            switch (text[index + 1], text[index + 2]) {
            // U+FF1D, U+FF0B, U+FF0D, U+FF20, U+FF5C: a spreadsheet in an East Asian locale takes them for ASCII.
            case (0xBC, 0x9D), (0xBC, 0x8B), (0xBC, 0x8D), (0xBC, 0xA0), (0xBD, 0x9C): return true
            default: return false
            }
        default:
            return false
        }
    }
}
