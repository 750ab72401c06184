internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services

/// The instant for which a command answers.
struct AsOfOption: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp("Answer as the facts stood then (default: now).", valueName: "time")
    )
    var text: String?

    func instant(in session: borrowing Session) throws -> Instant? {
        let moments = Moments(zone: session.zone, now: session.now)
        return try text.map { try moments.instant($0, "--as-of") }
    }
}

/// The period to whose episodes a file or list is narrowed: those whose call lies in it.
struct PeriodOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only episodes whose call was on this day or later.", valueName: "date"))
    var from: String?

    @Option(help: ArgumentHelp("Only episodes whose call was on this day or earlier.", valueName: "date"))
    var to: String?
}
