internal import CivilTime
internal import CrisisCare

extension MeasureReport {
    /// The columns of the long form, on which scripts rely: one row for each number that is printed.
    package static let columns = [
        Column("measure", "Measure"), Column("category", "Category"), Column("period", "Period"),
        Column("group", "Group"), Column("numerator", "Numerator", .trailing),
        Column("denominator", "Denominator", .trailing), Column("value", "Value", .trailing),
        Column("unit", "Unit"), Column("benchmark", "Benchmark", .trailing), Column("benchmark_met", "Met"),
        Column("suppressed", "Suppressed"),
    ]

    /// Every figure of the period and the one before it, all together and by group.
    package var listing: Listing {
        var listing = Listing(columns: Self.columns)
        for index in measures.indices {
            for category in shownCategories(of: index) {
                for table in periods {
                    listing.append(row(table, index, category, of: nil))
                    for group in table.names.indices { listing.append(row(table, index, category, of: group)) }
                }
            }
        }
        return listing
    }

    /// The same for the quarters of the trend.
    package var trendListing: Listing {
        var listing = Listing(columns: Self.columns)
        for index in measures.indices {
            for category in shownCategories(of: index) {
                for table in quarters { listing.append(row(table, index, category, of: nil)) }
            }
        }
        return listing
    }

    private func row(_ table: FigureTable, _ index: Int, _ category: Int, of group: Int?) -> [Cell] {
        let measure = measures[index]
        let figure = table.figure(index, measure, category: category, of: group)
        let value: Cell =
            measure.unit == .count
            ? .ifPresent(figure.numerator, Cell.int) : .ifPresent(figure.tenths, Cell.tenths)
        let name = name(of: category, of: index)
        return [
            .code(measure.id), name.map { .text($0) } ?? .null, .code(table.period.name),
            group.map { .text(table.names[$0]) } ?? .null, .ifPresent(figure.numerator, Cell.int),
            .ifPresent(figure.denominator, Cell.int), value, .code(measure.unit.rawValue),
            .ifPresent(measure.benchmark, Cell.tenths),
            .ifPresent(table.meetsBenchmark(figure, measure), Cell.bool), .bool(figure.isHidden),
        ]
    }

    /// The name of a category or of a quantile; `nil` for a measure's only number.
    package func name(of category: Int, of index: Int) -> String? {
        if measures[index].isDistribution { return Quantiles.labels[category] }
        return measures[index].hasCategories ? categories[index][category] : nil
    }

    /// The categories of a measure that have a number anywhere, in the order of their list; clinicians and towns by
    /// name. The order follows no count: it would say which of two hidden counts is the larger.
    package func shownCategories(of index: Int) -> [Int] {
        let measure = measures[index]
        if measure.isDistribution { return Array(Quantiles.labels.indices) }
        guard measure.hasCategories else { return [0] }
        let names = categories[index]
        let shown = names.indices.filter { category in
            (periods + quarters).contains { $0.tally(index, of: nil).numerator(of: category) > 0 }
        }
        switch measure.categories {
        case .words: return Array(names.indices)
        case .codes(.town): return shown.sorted { (names[$0], $0) < (names[$1], $1) }
        default: return shown
        }
    }

    /// The figures with what they are figures of, for a program.
    package var detail: Detail {
        var detail = Detail()
        detail.add("agency", "Agency", .text(agency))
        detail.add("as_of", "As of", .instant(asOf))
        detail.add("definitions_version", "Definitions", .int(Measure.definitionsVersion))
        for (key, table) in zip(["period", "prior_period"], periods) {
            detail.add(key, "Period", .code(table.period.name))
            detail.add("\(key)_from", "From", .date(table.period.from))
            detail.add("\(key)_to", "To", .date(table.period.to))
        }
        detail.add("by", "By", .ifPresent(grouping?.rawValue, Cell.code))
        detail.add("suppressed_below", "Suppressed below", .ifPresent(suppressBelow, Cell.int))
        detail.add("figures", "Figures", listing)
        detail.add("quarters", "Quarters", trendListing)
        detail.add("measures", "Measures", Measure.definitions)
        return detail
    }
}

extension Measure {
    /// What each measure counts, out of what, and without what.
    package static var definitions: Listing {
        Listing(
            columns: [
                Column("measure", "Measure"), Column("name", "Name"), Column("unit", "Unit"),
                Column("numerator", "Numerator"), Column("denominator", "Denominator"),
                Column("exclusions", "Without"), Column("benchmark", "Benchmark", .trailing),
                Column("definitions_version", "Version", .trailing),
            ],
            rows: all.map { measure in
                func text(_ text: String) -> Cell { text.isEmpty ? .null : .text(text) }
                return [
                    .code(measure.id), .text(measure.words), .code(measure.unit.rawValue), text(measure.numerator),
                    text(measure.denominator), text(measure.exclusions), .ifPresent(measure.benchmark, Cell.tenths),
                    .int(definitionsVersion),
                ]
            }
        )
    }
}
