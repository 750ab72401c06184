/// Counts the lines that a text takes in a column, for a page cannot measure itself without a script.
///
/// The widths are those of DejaVu Sans, rounded up, which is as wide as Verdana and wider than Arial.
struct LineMeasure {
    /// The column's width in parts of the type's size.
    let room: Double

    /// For what a browser does otherwise: kerning, other fonts; arbitrary.
    private static let safety = 0.97
    private static let space = 0.36

    /// The lines of an entry, which breaks between words, and inside a word that is wider than the column.
    func lines(of entry: String) -> Int {
        let room = max(room * Self.safety, 1)
        var count = 0
        for line in entry.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            count += 1
            var used = 0.0
            for word in line.split(separator: " ") {
                let width = word.reduce(0) { $0 + Self.width(of: $1) }
                let next = used == 0 ? width : used + Self.space + width
                if next <= room {
                    used = next
                    continue
                }
                if used > 0 { count += 1 }
                count += Int(width / room)
                used = width.truncatingRemainder(dividingBy: room)
            }
        }
        return count
    }

    private static func width(of scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "l", "j", "I", "J", "'", ".", ",", ":", ";", "!", "|": 0.36
        case "f", "t", "r", "-", "(", ")", "/", "\"": 0.46
        case "m", "w", "M", "W", "@", "%": 1
        case "A"..."Z", "&", "#": 0.79
        case _ where scalar.value < 0x80: 0.64
        // Letters with a mark are as wide as those without it, and capitals are among them.
        case _ where scalar.value < 0x1100: 0.79
        // A letter of a wide script is as wide as it is high.
        default: 1.05
        }
    }
}
