import CaseloadOracle
import CivilTime
import CrisisCare
import Reports
import Services
import Testing

/// The cases behind the figures.
struct ReportCaseTests {
    @Test(arguments: [ReportGrouping?.none, .site, .month, .town, .program])
    func `the cases of every measure add up to its figures`(grouping: ReportGrouping?) throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let session = try caseload.open()
        let period = ReportPeriod.fiscalYear(2027)
        var request = ReportRequest(period)
        request.grouping = grouping
        let report = try session.measureReport(request)
        let figures = report.figuresByName(of: report.periods[0])
        let known = Set(
            caseload.naive.caseRefs(
                from: period.from.description,
                to: period.to.description,
                asOf: caseload.now.seconds
            )
        )
        for measure in report.measures {
            let cells = try session.measureCells(measure, in: period, by: grouping, asOf: nil)
            #expect(!cells.isPartial)
            var numerators: [String: Int] = [:]
            var denominators: [String: Int] = [:]
            for row in cells.listing.rows {
                let group = if case .text(let name) = row[1] { name } else { "all" }
                let category = if case .text(let name) = row[2] { name } else { "" }
                numerators["\(category)/\(group)", default: 0] += row[3].number ?? 0
                denominators[group, default: 0] += row[4].number ?? 0
                if case .code(let number) = row[0], let key = CaseNumber(number) {
                    #expect(caseload.refs[key].map(known.contains) == true)
                }
            }
            for (name, figure) in figures where name.hasPrefix("\(measure.id)/") {
                let key = String(name.dropFirst(measure.id.count + 1))
                let group = String(key[(key.lastIndex(of: "/").map { key.index(after: $0) } ?? key.startIndex)...])
                if grouping != nil, group == "all" { continue }
                if let numerator = figure.numerator { #expect(numerators[key, default: 0] == numerator, "\(name)") }
                if let whole = figure.denominator { #expect(denominators[group, default: 0] == whole, "\(name)") }
            }
        }
    }

    @Test func `the values of a median's cases have that median`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let session = try caseload.open()
        let measure = try #require(Measure.find("days-to-answer"))
        let cells = try session.measureCells(measure, in: .fiscalYear(2027), by: nil, asOf: nil)
        let values = cells.listing.rows.compactMap { $0[5].tenths }.sorted()
        let report = try session.measureReport(ReportRequest(.fiscalYear(2027)))
        let median = (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
        #expect(report.figuresByName(of: report.periods[0])["days-to-answer/median/all"]?.tenths == median)
    }
}
