internal import CivilTime
internal import Reports
internal import Services

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
