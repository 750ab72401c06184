/// The formula guard of text cells: one apostrophe in front of what a spreadsheet would calculate.
enum NaiveGuard {
    private static let skipped: Set<Unicode.Scalar> = ["'", " ", "\t", "\n", "\r", "\u{FEFF}"]
    private static let dangerous: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "|", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\u{FF5C}",
    ]

    static func needed(by text: String) -> Bool {
        let scalars = text.unicodeScalars
        if scalars.first == "\t" || scalars.first == "\r" { return true }
        guard let telling = scalars.first(where: { !skipped.contains($0) }) else { return false }
        return dangerous.contains(telling)
    }

    static func added(to text: String) -> String {
        needed(by: text) ? "'" + text : text
    }

    /// Exactly one apostrophe goes, and only where the guard would have put it.
    static func removed(from cell: String) -> String {
        guard cell.unicodeScalars.first == "'" else { return cell }
        let rest = String(cell.unicodeScalars.dropFirst())
        return needed(by: rest) ? rest : cell
    }
}
