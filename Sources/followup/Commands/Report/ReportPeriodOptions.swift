internal import ArgumentParser
internal import CivilTime
internal import Reports
internal import Services

/// The period of a report: a fiscal year, a quarter of one, a month, or two dates.
struct ReportPeriodOptions: ParsableArguments {
    @Option(help: ArgumentHelp("July to June, named by the year it ends in.", valueName: "year"))
    var fiscalYear: Int?

    @Option(help: ArgumentHelp("A quarter of a fiscal year, such as 2022Q1.", valueName: "quarter"))
    var quarter: String?

    @Option(help: ArgumentHelp("A month, such as 2022-03.", valueName: "month"))
    var month: String?

    @Option(help: ArgumentHelp("The first day, with --to.", valueName: "date"))
    var from: String?

    @Option(help: ArgumentHelp("The last day, with --from.", valueName: "date"))
    var to: String?

    /// Called by the command that has these options.
    func check() throws(Failure) {
        let kinds = [fiscalYear != nil, quarter != nil, month != nil, from != nil || to != nil]
        if kinds.count(where: \.self) > 1 {
            throw Failure(.usage, "give one period: --fiscal-year, --quarter, --month, or --from and --to")
        }
        if (from == nil) != (to == nil) { throw Failure(.usage, "--from and --to go together") }
        if let fiscalYear, !(1900...2999).contains(fiscalYear) {
            throw Failure(.usage, "--fiscal-year takes a year of four digits, such as 2022")
        }
        if quarter != nil, named == nil { throw Failure(.usage, "--quarter takes a quarter such as 2022Q1") }
        if month != nil, named == nil { throw Failure(.usage, "--month takes a month such as 2022-03") }
    }

    func period(in session: borrowing Session) throws -> ReportPeriod {
        if let named { return named }
        let moments = Moments(zone: session.zone, now: session.now)
        guard let from, let to else { return .fiscalYear(of: moments.today) }
        let first = try moments.date(from, "--from")
        let last = try moments.date(to, "--to")
        if first > last { throw Failure(.usage, "--from lies after --to", hint: "Exchange the two dates.") }
        return .dates(from: first, to: last)
    }

    /// The period that has a name of its own.
    private var named: ReportPeriod? {
        if let fiscalYear { return .fiscalYear(fiscalYear) }
        if let quarter, let match = quarter.wholeMatch(of: /([12][0-9]{3})Q([1-4])/),
            let year = Int(match.1), let number = Int(match.2)
        {
            return .quarter(number, ofFiscalYear: year)
        }
        if let month, let match = month.wholeMatch(of: /([12][0-9]{3})-(0[1-9]|1[0-2])/),
            let year = Int(match.1), let number = Int(match.2)
        {
            return .month(MonthNumber(year: year, month: number))
        }
        return nil
    }
}
