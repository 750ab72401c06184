extension FigureTable {
    /// Hides the counts from 1 to one less than a limit, and whatever would give them away.
    ///
    /// What is counted in no figure but follows from two that are, such as those who did not arrive in time, is small
    /// in the same sense.
    mutating func suppress(_ measures: [Measure], below limit: Int) {
        let columns = countColumns(measures)
        let suppressor = Suppressor(columns.grid(rows: rows.count), below: limit, known: columns.known)
        for (place, row) in rows.enumerated() {
            for column in suppressor.hidden[place] {
                for number in columns.numbers[column] { hidden.insert(number, of: row) }
            }
        }
    }

    /// The groups, then all together.
    private var rows: [Int?] {
        names.indices.map { Optional($0) } + [nil]
    }

    /// All counts of the table, and the sums by which one follows from others.
    func countColumns(_ measures: [Measure]) -> CountColumns {
        var columns = CountColumns()
        for (index, measure) in measures.enumerated() { add(measure, index, to: &columns) }
        addSumsAcross(measures, to: &columns)
        return columns
    }

    private func add(_ measure: Measure, _ index: Int, to columns: inout CountColumns) {
        let tallies = rows.map { tally(index, of: $0) }
        let whole = tallies.map(\.denominator)
        switch measure.unit {
        case .count:
            columns.addWhole(tallies.map { $0.numerator() }, .init(measure: index, part: .numerator(0)))
        case .ratio:
            columns.addWhole(tallies.map { $0.numerator() }, .init(measure: index, part: .numerator(0)))
            columns.addWhole(whole, .init(measure: index, part: .denominator))
        case .minutes, .days:
            columns.addWhole(whole, .init(measure: index, part: .denominator))
        case .share:
            let categories = measure.hasCategories ? total[index].numerators.indices : 0..<1
            let parts = categories.map { category in
                let counts = tallies.map { $0.numerator(of: category) }
                return columns.add(counts, .init(measure: index, part: .numerator(category)))
            }
            let sum = columns.addWhole(whole, .init(measure: index, part: .denominator))
            let rest = zip(whole, tallies).map { $0 - $1.numerator() }
            columns.addSum(sum, measure.hasCategories ? parts : parts + [columns.add(rest, nil)])
        }
    }

    /// Sums that hold between measures, by their definitions.
    private func addSumsAcross(_ measures: [Measure], to columns: inout CountColumns) {
        func place(_ id: String) -> Int? { measures.firstIndex { $0.id == id } }
        func numerator(_ index: Int, _ category: Int = 0) -> Int? {
            columns.column(of: .init(measure: index, part: .numerator(category)))
        }
        func denominator(_ index: Int) -> Int? { columns.column(of: .init(measure: index, part: .denominator)) }
        // A mobile response is one of the types of episode, or nobody has arrived.
        if let mobile = place("mobility"), let types = place("episode-type"),
            let reached = place("contacts-per-episode")
        {
            let arrived = [EpisodeType.faceToFace, .withFollowUp].map { numerator(types, $0.rawValue) }
            columns.addSum(denominator(reached), arrived)
            let phone = rows.map { tally(types, of: $0).numerator(of: EpisodeType.phoneOnly.rawValue) }
            if phone == rows.map({ tally(mobile, of: $0).denominator - tally(mobile, of: $0).numerator() }) {
                // Who sees the share that is mobile knows how many calls stayed calls.
                let calls = [numerator(types, EpisodeType.phoneOnly.rawValue), numerator(mobile)]
                columns.addSum(denominator(mobile), calls)
            }
            let waiting = rows.map { tally(mobile, of: $0).numerator() - tally(reached, of: $0).denominator }
            columns.addSum(numerator(mobile), arrived + [columns.addKnown(waiting)])
        }
        // An arrival in time lies in one of the bands up to 45 minutes, a late one above.
        if let inTime = place("response-in-time"), let bands = place("response-histogram") {
            let early = (0..<ResponseBand.firstLate).map { numerator(bands, $0) }
            let late = (ResponseBand.firstLate..<ResponseBand.count).map { numerator(bands, $0) }
            let rest = rows.map { tally(inTime, of: $0).denominator - tally(inTime, of: $0).numerator() }
            let counted = rows.map { row in
                (0..<ResponseBand.firstLate).reduce(0) { $0 + tally(bands, of: row).numerator(of: $1) }
            }
            // Another policy than 45 minutes divides elsewhere.
            if counted == rows.map({ tally(inTime, of: $0).numerator() }) {
                columns.addSum(numerator(inTime), early)
                columns.addSum(columns.add(rest, nil), late)
            }
        }
        // Who is discharged is of one of the types, or nobody had arrived.
        let stays = ["stay-phone-only", "stay-face-to-face", "stay-follow-up"].compactMap(place)
        if let closed = place("closing-overrides"), stays.count == EpisodeType.allCases.count {
            let others = rows.map { row in
                tally(closed, of: row).denominator - stays.reduce(0) { $0 + tally($1, of: row).denominator }
            }
            columns.addSum(denominator(closed), stays.map(denominator) + [columns.addKnown(others)])
        }
    }
}

/// The columns of a grid as they come together.
struct CountColumns {
    private(set) var numbers: [[HiddenFigures.Number]] = []
    private(set) var known: Set<Int> = []
    private var counts: [[Int]] = []
    private var sums: [CountGrid.Sum] = []
    private var wholes: [[Int]: Int] = [:]
    private var columns: [HiddenFigures.Number: Int] = [:]

    /// - Returns: the column, `nil` for one that is zero everywhere: zeros are shown.
    @discardableResult
    mutating func add(_ values: [Int], _ number: HiddenFigures.Number?) -> Int? {
        guard values.contains(where: { $0 != 0 }) else { return nil }
        return name(append(values), number)
    }

    /// A number of which others are parts. Wholes that are the same in every row are one column: mostly they are the
    /// same by their definitions, and who sees one knows the other.
    @discardableResult
    mutating func addWhole(_ values: [Int], _ number: HiddenFigures.Number) -> Int? {
        guard values.contains(where: { $0 != 0 }) else { return nil }
        let column = wholes[values] ?? append(values)
        wholes[values] = column
        return name(column, number)
    }

    private mutating func name(_ column: Int, _ number: HiddenFigures.Number?) -> Int {
        if let number {
            numbers[column].append(number)
            columns[number] = column
        }
        return column
    }

    /// Counts that stand in no figure; a reader is taken to know them.
    mutating func addKnown(_ values: [Int]) -> Int? {
        guard values.contains(where: { $0 != 0 }) else { return nil }
        let column = append(values)
        known.insert(column)
        return column
    }

    private mutating func append(_ values: [Int]) -> Int {
        counts.append(values)
        numbers.append([])
        return counts.count - 1
    }

    mutating func addSum(_ whole: Int?, _ parts: [Int?]) {
        guard let whole else { return }
        sums.append(CountGrid.Sum(whole: whole, parts: parts.compactMap(\.self)))
    }

    func column(of number: HiddenFigures.Number) -> Int? { columns[number] }

    func grid(rows: Int) -> CountGrid {
        CountGrid(counts: (0..<rows).map { row in counts.map { $0[row] } }, sums: sums)
    }
}
