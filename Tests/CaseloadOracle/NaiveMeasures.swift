/// One figure of a report: a measure, its category where it has some, and a group where the report is divided.
package struct NaiveFigure: Equatable, Sendable {
    /// Nil where there is none: a median has no numerator, a count no denominator.
    package var numerator: Int?
    package var denominator: Int?
    /// In tenths of a percent, a minute or a day; a count times ten; nil of nothing.
    package var tenths: Int?

    package init(numerator: Int?, denominator: Int?, tenths: Int?) {
        self.numerator = numerator
        self.denominator = denominator
        self.tenths = tenths
    }
}

/// How a report is divided.
package enum NaiveGrouping: String, CaseIterable, Sendable {
    case none
    case site
    case month
    case town
    case program
}

extension NaiveCaseload {
    /// Every figure of the calls from one day to another, by `measure/category/group`; `all` is the group of all.
    ///
    /// Days are `YYYY-MM-DD`, both inclusive. Categories without an episode are left out.
    package func figures(
        from first: String,
        to last: String,
        asOf: Int64,
        by grouping: NaiveGrouping = .none
    ) -> [String: NaiveFigure] {
        var groups: [String: [NaiveMoment]] = ["all": []]
        for moment in moments(asOf: asOf) {
            let day = NaiveDay.text(newYork.day(of: moment.episode.callAt))
            guard first <= day && day <= last else { continue }
            groups["all", default: []].append(moment)
            switch grouping {
            case .none: break
            case .site: groups[moment.episode.site, default: []].append(moment)
            case .month: groups[String(day.prefix(7)), default: []].append(moment)
            case .town:
                groups[moment.episode.town.isEmpty ? "no town" : moment.episode.town, default: []].append(moment)
            case .program: groups[moment.episode.program, default: []].append(moment)
            }
        }
        var figures: [String: NaiveFigure] = [:]
        for (group, moments) in groups {
            var counter = NaiveFigureCounter(moments: moments)
            counter.countAll()
            for (name, figure) in counter.figures { figures["\(name)/\(group)"] = figure }
        }
        return figures
    }

    /// The cases of a period as the files call them, with their groups of all kinds: to check lists of cases.
    package func caseRefs(from first: String, to last: String, asOf: Int64) -> [String] {
        moments(asOf: asOf).filter { moment in
            let day = NaiveDay.text(newYork.day(of: moment.episode.callAt))
            return first <= day && day <= last
        }.map(\.episode.caseRef)
    }
}
