internal import CivilTime

extension PageMarkup {
    /// Sites, or what else the report is divided by, beside measures: better or worse than all together.
    mutating func addGroups(of report: MeasureReport) {
        guard let grouping = report.grouping, !report.periods[0].names.isEmpty else { return }
        let table = report.periods[0]
        let columns = report.groupColumns
        section("By \(grouping.rawValue)", id: "groups") { page in
            page.add(
                "p",
                "▲ on green: the benchmark is met, or where there is none the figure is better than that of all together. "
                    + "▼ on orange: the benchmark is not met, or the figure is worse.",
                class: "about"
            )
            var rows = table.names.indices.map { group in
                [PageCell(table.names[group])]
                    + columns.map { report.cell($0, of: group) }
            }
            rows.append([PageCell("all")] + columns.map { report.cell($0, of: nil) })
            page.table(
                "\(grouping.heading)s in \(table.period.name)",
                [grouping.heading] + columns.map(\.heading),
                rows,
                class: "groups"
            )
        }
    }

    /// Every figure that has no categories.
    mutating func addFigures(of report: MeasureReport) {
        let (now, before) = (report.periods[0], report.periods[1])
        section("All figures", id: "figures") { page in
            for part in Measure.Section.allCases {
                var rows: [[PageCell]] = []
                for (index, measure) in report.measures.enumerated()
                where measure.section == part && !measure.hasCategories {
                    for category in measure.isDistribution ? Array(Quantiles.labels.indices) : [0] {
                        let figure = now.figure(index, measure, category: category)
                        let prior = before.figure(index, measure, category: category)
                        let quantile = measure.isDistribution ? ": \(Quantiles.labels[category])" : ""
                        rows.append([
                            PageCell(measure.words + quantile), PageCell(FigureText.value(figure, measure)),
                            PageCell(whole: category == 0 ? FigureText.parts(figure, measure) : ""),
                            PageCell(FigureText.value(prior, measure)),
                            PageCell(whole: category == 0 ? FigureText.parts(prior, measure) : ""),
                        ])
                    }
                }
                page.table(part.rawValue, ["Figure", now.period.name, "Of", before.period.name, "Of"], rows)
            }
        }
    }

    /// The figures that have categories.
    mutating func addBreakdowns(of report: MeasureReport) {
        let (now, before) = (report.periods[0], report.periods[1])
        section("Who, why and where", id: "breakdowns") { page in
            page.grid { page in
                for (index, measure) in report.measures.enumerated() where measure.hasCategories {
                    let rows = report.shownCategories(of: index).map { category in
                        let figure = now.figure(index, measure, category: category)
                        let prior = before.figure(index, measure, category: category)
                        return [
                            PageCell(report.categories[index][category]),
                            PageCell(figure.isHidden ? "" : FigureText.count(figure.numerator ?? 0)),
                            PageCell(FigureText.value(figure, measure)), PageCell(FigureText.value(prior, measure)),
                        ]
                    }
                    for part in PageTablePart.of(rows, named: measure.words) {
                        page.table(part.caption, ["", "Count", now.period.name, before.period.name], part.rows)
                    }
                }
            }
        }
    }
}

extension MeasureReport {
    /// A figure beside that of all together, or its benchmark.
    fileprivate func cell(_ column: GroupColumn, of group: Int?) -> PageCell {
        let measure = measures[column.index]
        let figure = periods[0].figure(column.index, measure, of: group)
        let text = FigureText.value(figure, measure).replacing(" %", with: "")
        guard let tenths = figure.tenths, !figure.isHidden, let largerIsBetter = column.largerIsBetter else {
            return PageCell(text)
        }
        if let benchmark = measure.benchmark {
            let isMet = tenths >= benchmark
            return PageCell(text, isMet ? .better : .worse, isMet ? "meets the benchmark" : "below the benchmark")
        }
        guard group != nil, let all = periods[0].figure(column.index, measure).tenths, tenths != all else {
            return PageCell(text)
        }
        let isBetter = largerIsBetter == (tenths > all)
        return PageCell(text, isBetter ? .better : .worse, isBetter ? "better than all" : "worse than all")
    }
}
