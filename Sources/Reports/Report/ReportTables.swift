internal import CivilTime

/// One table of a report with its heading.
package struct ReportTable: Sendable {
    package let heading: String
    package let listing: Listing
}

/// A measure as the table of groups shows it, in few letters.
package struct GroupColumn: Sendable {
    package let index: Int
    package let heading: String
    /// Whether a larger figure is the better one; `nil` where neither is.
    package let largerIsBetter: Bool?
}

extension MeasureReport {
    /// The measures by which sites, months, towns or programs are laid side by side.
    package var groupColumns: [GroupColumn] {
        let wanted: [(String, String, Bool?)] = [
            ("episodes", "Episodes", nil), ("mobility", "Mobile %", true), ("response-in-time", "In time %", true),
            ("response-minutes", "Median minutes", false), ("first-contact-in-time", "First contact %", true),
            ("plan-in-time", "Plan %", true), ("plan-reviews-kept", "Reviews %", true),
            ("referrals-answered-in-time", "Answers %", true), ("connected", "Connected %", true),
            ("closed-in-window", "In window %", true), ("overdue-days", "Days overdue", nil),
        ]
        return wanted.compactMap { id, heading, isBetter in
            measures.firstIndex { $0.id == id }.map {
                GroupColumn(index: $0, heading: heading, largerIsBetter: isBetter)
            }
        }
    }

    /// The report in words: which period, of what, beside what.
    package var title: String {
        let period = periods[0].period
        return "Report \(period.name): calls of \(period.from) to \(period.to)"
    }

    package var subtitle: String {
        let prior = periods[1].period
        let local = zone.local(asOf)
        let time = String(zone.rfc3339(asOf).dropFirst(11).prefix(5))
        return "\(agency) · as of \(local.date) \(time) · definitions \(Measure.definitionsVersion) · "
            + "beside \(prior.name) (\(prior.from) to \(prior.to))"
    }

    /// The tables of the report for a terminal, small bars included.
    ///
    /// - Parameter bar: a character of which bars are made.
    package func tables(bar: Character) -> [ReportTable] {
        var tables = Measure.Section.allCases.map { section in
            ReportTable(heading: section.rawValue, listing: figures(of: section, bar))
        }
        if let table = groupTable { tables.append(table) }
        for index in measures.indices where measures[index].hasCategories {
            let listing = breakdown(of: index, bar)
            if !listing.rows.isEmpty { tables.append(ReportTable(heading: measures[index].words, listing: listing)) }
        }
        return tables
    }

    private var valueColumns: [Column] {
        [
            Column("value", periods[0].period.name, .trailing), Column("parts", "Of", .trailing),
            Column("prior", periods[1].period.name, .trailing),
        ]
    }

    private func figures(of section: Measure.Section, _ bar: Character) -> Listing {
        var listing = Listing(
            columns: [Column("measure", "")] + valueColumns + [Column("benchmark", "Benchmark"), Column("bar", "")]
        )
        for (index, measure) in measures.enumerated() where measure.section == section && !measure.hasCategories {
            let categories = measure.isDistribution ? Array(Quantiles.labels.indices) : [0]
            for category in categories {
                let now = periods[0].figure(index, measure, category: category)
                let prior = periods[1].figure(index, measure, category: category)
                let quantile = Quantiles.labels[category]
                let words =
                    !measure.isDistribution
                    ? measure.words : category == 0 ? "\(measure.words): \(quantile)" : "  \(quantile)"
                listing.append([
                    .text(words), .code(FigureText.value(now, measure)),
                    .code(category == 0 ? FigureText.parts(now, measure) : ""),
                    .code(FigureText.value(prior, measure)), .code(benchmark(now, measure)),
                    .code(measure.unit == .share ? Self.bar(now.tenths, bar) : ""),
                ])
            }
        }
        return listing
    }

    /// `90.0 % met`, or nothing for a measure without one.
    package func benchmark(_ figure: Figure, _ measure: Measure) -> String {
        guard let benchmark = measure.benchmark else { return "" }
        let text = Cell.decimal(tenths: benchmark) + " %"
        guard let isMet = periods[0].meetsBenchmark(figure, measure) else { return text }
        return "\(text) \(isMet ? "met" : "not met")"
    }

    private func breakdown(of index: Int, _ bar: Character) -> Listing {
        let measure = measures[index]
        var listing = Listing(columns: [Column("category", "")] + valueColumns + [Column("bar", "")])
        for category in shownCategories(of: index) {
            let now = periods[0].figure(index, measure, category: category)
            let prior = periods[1].figure(index, measure, category: category)
            listing.append([
                .text(categories[index][category]), .code(FigureText.value(now, measure)),
                .code(FigureText.parts(now, measure)), .code(FigureText.value(prior, measure)),
                .code(Self.bar(now.tenths, bar)),
            ])
        }
        return listing
    }

    private var groupTable: ReportTable? {
        guard let grouping, !periods[0].names.isEmpty else { return nil }
        let columns = groupColumns
        var listing = Listing(
            columns: [Column("group", grouping.heading)]
                + columns.map { Column(measures[$0.index].id, $0.heading, .trailing) }
        )
        func row(_ name: String, _ group: Int?) -> [Cell] {
            let values = columns.map { column in
                let figure = periods[0].figure(column.index, measures[column.index], of: group)
                return Cell.code(FigureText.value(figure, measures[column.index]).replacing(" %", with: ""))
            }
            return [.text(name)] + values
        }
        for (group, name) in periods[0].names.enumerated() { listing.append(row(name, group)) }
        listing.append(row("all", nil))
        return ReportTable(heading: "By \(grouping.rawValue)", listing: listing)
    }

    /// One character for each 5 %, as far as half of it is filled.
    private static func bar(_ tenths: Int?, _ bar: Character) -> String {
        String(repeating: bar, count: ((tenths ?? 0) + 25) / 50)
    }
}

extension ReportGrouping {
    package var heading: String {
        rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }
}
