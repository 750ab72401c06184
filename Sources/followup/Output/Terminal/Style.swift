/// Colors and weights, inert unless a terminal shows them and its reader wants them.
struct Style: Sendable {
    private let isActive: Bool

    /// Text without any control sequence.
    static let plain = Style(isActive: false)
    /// Text with control sequences, whatever it is written to.
    static let colored = Style(isActive: true)

    private init(isActive: Bool) {
        self.isActive = isActive
    }

    /// The style for a descriptor. Source: no-color.org, where an empty NO_COLOR does not count.
    static func of(
        _ descriptor: Int32,
        noColor: Bool,
        environment: Environment = .process
    ) -> Style {
        guard !noColor, environment.nonEmpty("NO_COLOR") == nil else { return plain }
        return Terminal.obeysControls(descriptor, environment: environment) ? colored : plain
    }

    func bold(_ text: String) -> String { marked(text, 1) }
    func dim(_ text: String) -> String { marked(text, 2) }
    func red(_ text: String) -> String { marked(text, 31) }
    func yellow(_ text: String) -> String { marked(text, 33) }

    private func marked(_ text: String, _ code: Int) -> String {
        guard isActive, !text.isEmpty else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
