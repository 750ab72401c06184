/// Breaking text into lines of a given width.
enum TextWrap {
    /// The text in lines of at most `width` columns, broken at spaces, and inside a word only where the word is longer
    /// than a line. A text that fits is left as it is; a line always takes at least one character.
    static func lines(_ text: String, width: Int) -> [String] {
        guard text.displayWidth > width else { return [text] }
        var lines: [String] = []
        var line = ""
        var columns = 0
        for word in text.split(separator: " ") {
            let wordColumns = word.displayWidth
            if columns > 0, columns + 1 + wordColumns <= width {
                line += " "
                line += word
                columns += 1 + wordColumns
                continue
            }
            if columns > 0 { lines.append(line) }
            (line, columns) = ("", 0)
            for character in word {
                let characterColumns = character.displayWidth
                if columns > 0, columns + characterColumns > width {
                    lines.append(line)
                    (line, columns) = ("", 0)
                }
                line.append(character)
                columns += characterColumns
            }
        }
        if columns > 0 || lines.isEmpty { lines.append(line) }
        return lines
    }

    /// Columns of the longest word: no line need be longer.
    static func longestWord(_ text: String) -> Int {
        text.split(separator: " ").reduce(0) { max($0, $1.displayWidth) }
    }
}
