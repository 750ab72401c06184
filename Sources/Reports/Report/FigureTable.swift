internal import CivilTime
internal import CrisisCare
internal import Services

/// The tallies of one period: all together, and for each group.
package struct FigureTable: Sendable {
    package let period: ReportPeriod
    /// The groups' names, in the order of `groups`.
    package let names: [String]
    /// By measure.
    package private(set) var total: [Tally]
    /// By group, then by measure.
    package private(set) var groups: [[Tally]]
    /// What is not shown.
    package var hidden = HiddenFigures()

    init(
        _ period: ReportPeriod,
        _ collector: MeasureCollector,
        _ grouping: ReportGrouping?,
        _ keys: [Int64],
        _ directory: Directory
    ) {
        self.period = period
        let figures = collector.figures(of: period)
        total = figures.total
        names = keys.map { grouping?.name(of: $0, in: period, directory) ?? "" }
        groups = keys.map { figures.groups[$0] ?? collector.measures.map { Tally(for: $0) } }
    }

    /// The tallies of a group, or of all of them together.
    package func tally(_ measure: Int, of group: Int?) -> Tally {
        group.map { groups[$0][measure] } ?? total[measure]
    }
}

/// One figure as it is shown.
package struct Figure: Equatable, Sendable {
    /// `nil` where there is none, or it is hidden.
    package var numerator: Int?
    package var denominator: Int?
    /// In tenths: of a percent, of a unit; of a count the count itself.
    package var tenths: Int?
    /// Not shown, because it is small or would give away a small one.
    package var isHidden = false
}

extension FigureTable {
    /// A figure of a group, or of all together; without a category, the measure's first number.
    ///
    /// - Parameter category: a number of the measure's categories, or of `Quantiles.labels` for a distribution.
    package func figure(_ index: Int, _ measure: Measure, category: Int = 0, of group: Int? = nil) -> Figure {
        let tally = tally(index, of: group)
        let hidesPart = hidden.contains(.init(measure: index, part: .numerator(category)), of: group)
        let hidesWhole = hidden.contains(.init(measure: index, part: .denominator), of: group)
        switch measure.unit {
        case .minutes, .days:
            if hidesWhole { return Figure(isHidden: true) }
            let values = tally.distribution.quantiles?.values
            return Figure(denominator: tally.denominator, tenths: values.map { $0[category] })
        case .count:
            if hidesPart { return Figure(isHidden: true) }
            let count = tally.numerator(of: category)
            return Figure(numerator: count, tenths: count * 10)
        case .share, .ratio:
            if hidesPart || hidesWhole {
                return Figure(denominator: hidesWhole ? nil : tally.denominator, isHidden: true)
            }
            let (part, whole) = (tally.numerator(of: category), tally.denominator)
            let value =
                measure.unit == .share
                ? Rounding.percentTenths(part, of: whole) : whole == 0 ? nil : Rounding.tenths(part, over: whole)
            return Figure(numerator: part, denominator: whole, tenths: value)
        }
    }

    /// Whether a share meets the measure's benchmark as it is printed; `nil` where there is nothing to compare.
    package func meetsBenchmark(_ figure: Figure, _ measure: Measure) -> Bool? {
        guard let benchmark = measure.benchmark, let tenths = figure.tenths else { return nil }
        return tenths >= benchmark
    }
}
