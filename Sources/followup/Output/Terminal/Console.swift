/// What is said to the person who runs the command: notes, warnings and errors, on the standard error.
struct Console: Sendable {
    let quiet: Bool
    let style: Style
    private let descriptor: Int32

    init(quiet: Bool, style: Style = .plain, descriptor: Int32 = 2) {
        self.quiet = quiet
        self.style = style
        self.descriptor = descriptor
    }

    /// The console on the standard error.
    static func standardError(
        quiet: Bool,
        noColor: Bool,
        environment: Environment = .process
    ) -> Console {
        Console(quiet: quiet, style: .of(2, noColor: noColor, environment: environment))
    }

    /// Says something that is good to know; silent with `--quiet`.
    func note(_ text: String) {
        if !quiet { say(VisibleText.message(text)) }
    }

    /// Says something that may need attention; silent with `--quiet`.
    func warn(_ text: String) {
        if !quiet { say(style.yellow("warning:") + " " + VisibleText.message(text)) }
    }

    /// Says what has to be known of the result, always.
    func notice(_ text: String) {
        say(VisibleText.message(text))
    }

    /// Says what went wrong, always.
    func error(_ text: String) {
        say(style.red("error:") + " " + VisibleText.message(text))
    }

    /// Says why the command failed, always; as JSON for whoever asked for JSON.
    func report(_ failure: Failure, as format: OutputFormat = .table) {
        if format == .json {
            say(failure.json)
            return
        }
        let text = VisibleText.message(failure.text)
        let label = text.prefix { $0 != ":" }
        say(style.red(String(label)) + text.dropFirst(label.count))
    }

    /// Nobody can be told that the standard error is closed.
    private func say(_ text: String) {
        try? Descriptor.write(Array((text + "\n").utf8), to: descriptor)
    }
}
