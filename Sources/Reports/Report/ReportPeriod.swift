package import CivilTime

/// The days that a report is about; an episode belongs to the period of its call (practice.md section 6).
package struct ReportPeriod: Hashable, Sendable {
    package let name: String
    package let from: CivilDate
    /// Inclusive.
    package let to: CivilDate
    private let kind: Kind

    private enum Kind: Hashable {
        case months(Int)
        case days
    }

    /// July to June, named by the year it ends in.
    package static func fiscalYear(_ year: Int) -> ReportPeriod {
        months("FY\(year)", from: MonthNumber(year: year - 1, month: fiscalYearStart), count: 12)
    }

    /// A quarter of a fiscal year: 2022Q1 is July to September 2021.
    package static func quarter(_ quarter: Int, ofFiscalYear year: Int) -> ReportPeriod {
        let start = MonthNumber(year: year - 1, month: fiscalYearStart).adding((quarter - 1) * 3)
        return months("\(year)Q\(quarter)", from: start, count: 3)
    }

    package static func month(_ month: MonthNumber) -> ReportPeriod {
        months(month.description, from: month, count: 1)
    }

    package static func dates(from: CivilDate, to: CivilDate) -> ReportPeriod {
        ReportPeriod(name: "\(from)/\(to)", from: from, to: to, kind: .days)
    }

    /// The fiscal year that a day lies in.
    package static func fiscalYear(of day: CivilDate) -> ReportPeriod {
        fiscalYear(day.month >= fiscalYearStart ? day.year + 1 : day.year)
    }

    /// The quarter of a fiscal year that a day lies in.
    package static func quarter(of day: CivilDate) -> ReportPeriod {
        let year = day.month >= fiscalYearStart ? day.year + 1 : day.year
        return quarter((day.month + 12 - fiscalYearStart) % 12 / 3 + 1, ofFiscalYear: year)
    }

    /// The period of the same length that ends the day before this one begins.
    package var prior: ReportPeriod {
        switch kind {
        case .days:
            let length = to.days(since: from) + 1
            return .dates(from: from.adding(days: -length), to: from.adding(days: -1))
        case .months(1): return .month(MonthNumber(of: from).adding(-1))
        case .months(3): return .quarter(of: from.adding(days: -1))
        case .months: return .fiscalYear(of: from.adding(days: -1))
        }
    }

    /// Quarters of the fiscal year up to the one in which this period ends, the last of them last.
    package func quarters(_ count: Int) -> [ReportPeriod] {
        var quarters = [ReportPeriod.quarter(of: to)]
        while quarters.count < count { quarters.insert(quarters[0].prior, at: 0) }
        return quarters
    }

    package func contains(_ day: CivilDate) -> Bool {
        from <= day && day <= to
    }

    /// July (practice.md section 6).
    private static let fiscalYearStart = 7

    private static func months(_ name: String, from: MonthNumber, count: Int) -> ReportPeriod {
        let end = from.adding(count).firstDay.adding(days: -1)
        return ReportPeriod(name: name, from: from.firstDay, to: end, kind: .months(count))
    }
}

/// A calendar month.
package struct MonthNumber: Hashable, Comparable, Sendable {
    /// Months since January of year 0.
    package let number: Int

    package init(year: Int, month: Int) {
        number = year * 12 + month - 1
    }

    package init(of day: CivilDate) {
        let (year, month, _) = day.components
        self.init(year: year, month: month)
    }

    private init(number: Int) {
        self.number = number
    }

    package func adding(_ months: Int) -> MonthNumber {
        MonthNumber(number: number + months)
    }

    package var firstDay: CivilDate {
        CivilDate(year: number / 12, month: number % 12 + 1, day: 1) ?? .earliest
    }

    package var description: String {
        String(firstDay.description.prefix(7))
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.number < right.number
    }
}
