internal import CivilTime

extension PageMarkup {
    mutating func addBenchmarks(of report: MeasureReport) {
        let (now, before) = (report.periods[0], report.periods[1])
        section("Benchmarks", id: "benchmarks") { page in
            var rows: [[PageCell]] = []
            for (index, measure) in report.measures.enumerated() {
                guard let benchmark = measure.benchmark else { continue }
                let figure = now.figure(index, measure)
                let prior = before.figure(index, measure)
                let isMet = now.meetsBenchmark(figure, measure)
                rows.append([
                    PageCell(measure.words),
                    PageCell(
                        FigureText.value(figure, measure),
                        isMet.map { $0 ? .better : .worse },
                        isMet == true ? "met" : "not met"
                    ),
                    PageCell(whole: FigureText.parts(figure, measure)),
                    PageCell(Cell.decimal(tenths: benchmark) + " %"),
                    PageCell(isMet.map { $0 ? "met" : "not met" } ?? FigureText.none),
                    PageCell(FigureText.value(prior, measure)),
                ])
            }
            page.table(
                "A benchmark is met by a printed figure at or above it",
                ["Figure", now.period.name, "Of", "Benchmark", "Met", before.period.name],
                rows
            )
        }
    }

    mutating func addTrends(of report: MeasureReport) {
        guard !report.quarters.isEmpty else { return }
        let shown = ["mobility", "response-in-time", "first-contact-in-time", "plan-in-time"]
        let indices = report.measures.indices.filter { shown.contains(report.measures[$0].id) }
        section("Trends by quarter", id: "trends") { page in
            page.grid(class: "grid pairs") { page in
                for index in indices {
                    let measure = report.measures[index]
                    let points = report.quarters.map {
                        (quarter: $0.period.name, tenths: $0.figure(index, measure).tenths)
                    }
                    page.figure(TrendChart.svg(measure, points), caption: measure.words)
                }
            }
            let benchmarks = "The dashed lines are benchmarks."
            page.add("p", "Quarters are those of the fiscal year, which begins in July. \(benchmarks)", class: "about")
            page.table(
                "The figures of the trends",
                ["Figure"] + report.quarters.map(\.period.name),
                indices.map { index in
                    let measure = report.measures[index]
                    return [PageCell(measure.words)]
                        + report.quarters.map { PageCell(FigureText.value($0.figure(index, measure), measure)) }
                }
            )
        }
    }

    mutating func addResponseTimes(of report: MeasureReport) {
        guard let index = report.measures.firstIndex(where: { $0.id == "response-histogram" }) else { return }
        let measure = report.measures[index]
        let words = report.categories[index]
        let figures = words.indices.map { report.periods[0].figure(index, measure, category: $0) }
        section("Response times", id: "response-times-heading") { page in
            let counts = figures.compactMap(\.numerator)
            guard counts.count == figures.count else {
                page.add("p", "The chart is left out, because hidden counts could be read from it.", class: "about")
                return
            }
            page.figure(
                HistogramChart.svg(counts, words: words),
                caption: "Minutes to arrival; dark bars arrived within 45 minutes, slanted ones later"
            )
        }
    }

    /// The sources of referral, the largest five and the rest together.
    mutating func addSources(of report: MeasureReport) {
        guard !report.quarters.isEmpty,
            let index = report.measures.firstIndex(where: { $0.id == "referral-source" })
        else { return }
        let names = report.categories[index]
        let counts = names.indices.map { category in
            report.quarters.reduce(0) { $0 + $1.tally(index, of: nil).numerator(of: category) }
        }
        let largest = names.indices.filter { counts[$0] > 0 }.sorted { (-counts[$0], $0) < (-counts[$1], $1) }.prefix(5)
        let labels = largest.map { names[$0] } + ["all others"]
        let columns = report.quarters.map { table in
            let tally = table.tally(index, of: nil)
            let parts = largest.map { tally.numerator(of: $0) }
            let all = parts + [tally.denominator - parts.reduce(0, +)]
            return (
                quarter: table.period.name,
                shares: all.map { Rounding.percentTenths($0, of: tally.denominator) }
            )
        }
        section("Who called", id: "sources-heading") { page in
            page.figure(
                StackedChart.svg(
                    "Referral sources",
                    labels,
                    columns.map { (quarter: $0.quarter, shares: $0.shares.map { $0 ?? 0 }) }
                ),
                caption: "Referral sources by quarter"
            )
            page.append(StackedChart.legend(labels))
            page.table(
                "Share of episodes by referral source",
                ["Source"] + columns.map(\.quarter),
                labels.indices.map { place in
                    [PageCell(labels[place])]
                        + columns.map { column in
                            PageCell(column.shares[place].map { Cell.decimal(tenths: $0) + " %" } ?? FigureText.none)
                        }
                }
            )
        }
    }
}
