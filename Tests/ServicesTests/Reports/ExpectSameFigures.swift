import CaseloadOracle
import CivilTime
import Reports
import Services
import Testing

extension ReportGrouping {
    var naive: NaiveGrouping {
        switch self {
        case .site: .site
        case .month: .month
        case .town: .town
        case .program: .program
        }
    }
}

extension MeasureReport {
    /// The figures of one period by `measure/category/group`, as a second reading calls them.
    func figuresByName(of table: FigureTable) -> [String: NaiveFigure] {
        var figures: [String: NaiveFigure] = [:]
        for row in listing.rows {
            guard case .code(let measure) = row[0], row[2] == .code(table.period.name) else { continue }
            let category = if case .text(let name) = row[1] { name } else { "" }
            let group = if case .text(let name) = row[3] { name } else { "all" }
            figures["\(measure)/\(category)/\(group)"] = NaiveFigure(
                numerator: row[4].number,
                denominator: row[5].number,
                tenths: row[6].tenths
            )
        }
        return figures
    }
}

extension Cell {
    var number: Int? {
        if case .int(let value) = self { value } else { nil }
    }

    var tenths: Int? {
        switch self {
        case .tenths(let value): value
        case .int(let value): value * 10
        default: nil
        }
    }
}

/// Compares every figure of a report, of both its periods, with a second reading of the same files.
func expectSameFigures(
    _ session: borrowing Session,
    _ naive: NaiveCaseload,
    _ request: ReportRequest,
    asOf: Instant,
    _ comment: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    var request = request
    request.asOf = asOf
    let report = try session.measureReport(request)
    for table in report.periods {
        let expected = naive.figures(
            from: table.period.from.description,
            to: table.period.to.description,
            asOf: asOf.seconds,
            by: request.grouping?.naive ?? .none
        )
        let figures = report.figuresByName(of: table)
        for (name, figure) in expected {
            // A category that neither period has a count of is not listed.
            guard let shown = figures[name] else {
                Issue.record("\(comment): \(name) of \(table.period.name) is missing", sourceLocation: sourceLocation)
                continue
            }
            #expect(shown == figure, "\(comment): \(name) of \(table.period.name)", sourceLocation: sourceLocation)
        }
        for (name, figure) in figures where expected[name] == nil {
            let isEmpty = (figure.numerator ?? 0) == 0
            let what = "\(comment): \(name) of \(table.period.name) is not in the files"
            #expect(isEmpty, "\(what)", sourceLocation: sourceLocation)
        }
    }
}
