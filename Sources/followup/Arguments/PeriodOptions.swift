internal import ArgumentParser
internal import CivilTime
internal import Reports
internal import Services

/// The period to whose episodes a file or list is narrowed: those whose call lies in it.
struct PeriodOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only episodes whose call was on this day or later.", valueName: "date"))
    var from: String?

    @Option(help: ArgumentHelp("Only episodes whose call was on this day or earlier.", valueName: "date"))
    var to: String?
}

extension PeriodOptions {
    func period(in session: borrowing Session) throws -> Period {
        let moments = Moments(zone: session.zone, now: session.now)
        let period = Period(
            from: try from.map { try moments.date($0, "--from") },
            to: try to.map { try moments.date($0, "--to") }
        )
        if let from = period.from, let to = period.to, from > to {
            throw Failure(.usage, "--from lies after --to", hint: "Exchange the two dates.")
        }
        return period
    }
}
