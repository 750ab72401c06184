/// Names and notes from where they do not show in the process list: the standard input or a file.
enum TextSource {
    /// More than any note that the database takes; arbitrary.
    private static let mostBytes = 1024 * 1024

    /// A note: a text, `-` for all of the standard input, or a file. One line end at its end is taken away.
    static func note(_ text: String?, file: String?) throws(Failure) -> String {
        if let file {
            guard text == nil else {
                throw Failure(.usage, "--note and --note-file exclude each other", hint: "Give one of them.")
            }
            let bytes = try FileBytes.read(file, named: "the note's file", most: mostBytes)
            return try noteText(bytes, "the note's file")
        }
        guard text == "-" else { return try checked(text ?? "", "--note") }
        let bytes = try FileBytes.read(0, named: "the standard input", most: mostBytes)
        return try noteText(bytes, "the standard input")
    }

    /// Names: each that is `-` is replaced by the next line of the standard input.
    static func names(_ options: [(name: String, text: String?)]) throws(Failure) -> [String?] {
        var lines: [String] = []
        if options.contains(where: { $0.text == "-" }) {
            let bytes = try FileBytes.read(0, named: "the standard input", most: mostBytes)
            lines = try noteText(bytes, "the standard input").split(omittingEmptySubsequences: false) {
                $0 == "\n" || $0 == "\r\n"
            }
            .map(String.init).reversed()
        }
        var texts: [String?] = []
        for option in options {
            guard option.text == "-" else {
                texts.append(try option.text.map { text throws(Failure) in try checked(text, option.name) })
                continue
            }
            guard let line = lines.popLast() else {
                throw Failure(
                    .usage,
                    "the standard input has no line for \(option.name)",
                    hint: "Write one line for each option that is -."
                )
            }
            texts.append(line)
        }
        return texts
    }

    static func noteText(_ bytes: [UInt8], _ source: String) throws(Failure) -> String {
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.badData, "\(source) is no UTF-8 text", hint: "Save it as UTF-8. Nothing was saved.")
        }
        // A line feed after a carriage return is one character with it.
        if text.last == "\n" || text.last == "\r\n" { text.removeLast() }
        return try checked(text, source)
    }

    private static func checked(_ text: String, _ source: String) throws(Failure) -> String {
        guard !text.utf8.contains(0) else {
            throw Failure(.badData, "\(source) holds a NUL byte, which is no text", hint: "Nothing was saved.")
        }
        return text
    }
}
