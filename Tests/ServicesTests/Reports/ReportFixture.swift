import CaseloadOracle
import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// A report's figures by `measure/category/group`, as `figuresByName` gives them.
extension TestAgency {
    func figures(
        _ period: ReportPeriod = .fiscalYear(2027),
        by grouping: ReportGrouping? = nil,
        asOf: String? = nil,
        as login: String = "admin"
    ) throws -> [String: NaiveFigure] {
        var request = ReportRequest(period)
        request.grouping = grouping
        request.asOf = try asOf.map(instant)
        let report = try open(as: login).measureReport(request)
        return report.figuresByName(of: report.periods[0])
    }
}

/// `numerator/denominator`, or the numerator alone.
func parts(_ figure: NaiveFigure?) -> String {
    guard let figure else { return "none" }
    let numerator = figure.numerator.map(String.init) ?? "-"
    return figure.denominator.map { "\(numerator)/\($0)" } ?? numerator
}
