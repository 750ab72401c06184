/// What has to be known of the command line before, or without, its being understood.
struct RawArguments: Sendable {
    let words: [String]

    /// Whether errors are to be JSON; asked here because a usage error comes before any option is known.
    var asksForJSON: Bool {
        let options = words.prefix { $0 != "--" }
        return options.contains("--format=json")
            || zip(options, options.dropFirst()).contains { $0 == "--format" && $1 == "json" }
    }

    var asksForNoColor: Bool {
        words.prefix { $0 != "--" }.contains("--no-color")
    }

    /// The words with options of every command that stand before the command moved behind it, where they are read:
    /// `followup --db FILE visit log` is as good as `followup visit log --db FILE`.
    var inOrder: [String] {
        var rest = words[...]
        var moved: [String] = []
        while let word = rest.first {
            if Self.flags.contains(word) || Self.options.contains(where: { word.hasPrefix($0 + "=") }) {
                moved.append(rest.removeFirst())
            } else if Self.options.contains(word), rest.count >= 2 {
                moved += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return rest[..<end] + moved + rest[end...]
    }

    private static let options = ["--db", "--as", "--format"]
    private static let flags = ["--quiet", "--no-color"]

    /// Bytes that are no UTF-8 arrive as this scalar, and would be kept as it.
    func requireText() throws(Failure) {
        guard words.allSatisfy({ !$0.unicodeScalars.contains("\u{FFFD}") }) else {
            throw Failure(
                .usage,
                "the command line holds bytes that are no UTF-8 text",
                hint: "Set the terminal to UTF-8 and type it again."
            )
        }
    }
}
