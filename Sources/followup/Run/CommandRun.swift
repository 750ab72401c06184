internal import CivilTime
internal import CrisisCare
internal import Reports
internal import SQLite
internal import Services

/// One run of a command: opens the database on behalf of whoever runs it, and shows what came of it.
struct CommandRun {
    let options: GlobalOptions
    let console: Console

    /// What the process was started for; the audit has an entry of it, to which those of its use cases link.
    static let command = CommandContext(
        action: CommandTree.path(of: RawArguments(words: Array(CommandLine.arguments.dropFirst())).inOrder)
    )

    init(_ options: GlobalOptions) {
        self.options = options
        console = .standardError(quiet: options.quiet, noColor: options.noColor)
    }

    /// Opens the database with the command's one reading of the clock.
    ///
    /// - Parameter action: what the audit calls the command, should a time be refused before the use case begins.
    func session<Result>(_ action: String, _ body: (borrowing Session) throws -> Result) throws -> Result {
        let session = try open()
        do {
            let result = try body(session)
            try session.recordCommand()
            return result
        } catch {
            // Where the database itself failed, no entry can be written: nothing was done.
            guard !(error is SQLiteError) else { throw error }
            if let refusal = error as? Failure { Self.audit(refusal, of: action, in: session) }
            try? session.recordCommand()
            throw error
        }
    }

    private func open() throws -> Session {
        let path = try options.databasePath()
        do {
            return try Session.open(
                path,
                as: options.identity(),
                now: SystemClock.currentInstant(),
                for: Self.command
            )
        } catch {
            throw Failure.of(error, database: path)
        }
    }

    /// A refusal that no use case saw leaves its entry too, as far as it can: nothing was done either way.
    private static func audit(_ refusal: Failure, of action: String, in session: borrowing Session) {
        guard let rule = refusal.rule.flatMap(Rule.init(rawValue:)) else { return }
        try? session.change(action, needing: .readFigures) { _, _ in
            throw RuleViolation(rule, refusal.message, remedy: refusal.hint ?? "")
        }
    }
}

extension CommandRun {
    func show(_ listing: Listing, in zone: Zone, whenEmpty: String) throws {
        tellPart2(listing.isPart2)
        let sink = OutputSink.standardOutput
        try listing.write(
            as: options.format,
            to: sink,
            presentation: .of(sink, zone: zone, noColor: options.noColor),
            console: console,
            whenEmpty: whenEmpty
        )
        try sink.finish()
    }

    /// Shows what a command that writes has done.
    func show(_ receipt: Receipt, in zone: Zone, isDryRun: Bool) throws {
        try afterChange(isDryRun: isDryRun) { try print(receipt, in: zone, isDryRun: isDryRun) }
        if isDryRun { console.note("dry run: nothing was kept") }
    }

    /// What a command does when its change is kept. Whoever sees that fail must not log the visit a second time.
    func afterChange(isDryRun: Bool, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error where !isDryRun && !(error is ReaderGone) {
            let failure = Failure.of(error)
            let hint = "What the command was to do is done; do not repeat it."
            throw Failure(failure.status, failure.message, hint: hint)
        }
    }

    private func print(_ receipt: Receipt, in zone: Zone, isDryRun: Bool) throws {
        let sink = OutputSink.standardOutput
        let presentation = Presentation.of(sink, zone: zone, noColor: options.noColor)
        var detail = receipt.detail
        detail.add("dry_run", "Dry run", .bool(isDryRun))
        if options.format == .table {
            try sink.write(receipt.line(presentation) + "\n")
        } else {
            try detail.write(as: options.format, to: sink, presentation: presentation, console: console)
        }
        try sink.finish()
    }
}
