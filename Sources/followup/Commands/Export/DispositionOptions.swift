internal import ArgumentParser
internal import Reports
internal import Services

/// What `export dispositions` takes besides.
struct DispositionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Dispositions: only calls of this time or day on.", valueName: "time"))
    var since: String?

    @Flag(help: "Dispositions: only what is owed to the call center.")
    var owed = false

    @Flag(help: "Dispositions: once the file is whole, mark what it tells as returned.")
    var markReturned = false

    @Flag(name: .customLong("dry-run"), help: "Dispositions: say what would be marked, and mark nothing.")
    var isDryRun = false

    /// Whether any of them was given.
    var isUsed: Bool { since != nil || owed || markReturned || isDryRun }

    func validate() throws {
        if isDryRun, !markReturned { throw ValidationError("--dry-run goes with --mark-returned.") }
    }

    func query(_ session: borrowing Session, _ period: Period) throws -> DispositionQuery {
        var query = DispositionQuery()
        let moments = Moments(zone: session.zone, now: session.now)
        query.period = period
        query.since = try since.map { try moments.start($0, "--since") }
        query.owedOnly = owed
        return query
    }

    /// Marks what the file told, if that was asked for; the file is whole by now.
    func mark(_ told: [ToldDisposition], _ session: borrowing Session, _ console: Console) throws {
        guard markReturned else { return }
        let count = try session.returnDispositions(told, isDryRun: isDryRun)
        let left = told.count - count
        console.note("\(count) marked as returned; \(left) left: not known yet, returned before, or changed meanwhile.")
        if isDryRun { console.note("dry run: nothing was kept") }
    }
}
