internal import CivilTime
internal import Reports

/// The lines of a drawn timeline, without their headings; each is as wide as the scale, or shorter.
struct TimelineDrawing {
    let timeline: CaseTimeline
    let scale: TimelineScale
    let presentation: Presentation

    /// The numbers of the days, a week apart.
    var numbers: String {
        var line = ""
        for day in scale.labeledDays {
            let column = scale.column(of: day)
            line += String(repeating: " ", count: column - line.count) + String(day)
        }
        return line
    }

    /// The window as a line with a tick at each number, the days that an extension added doubled; with call, arrival
    /// and discharge on it.
    var axis: String {
        let ascii = presentation.ascii
        var line = [Character](repeating: " ", count: scale.width)
        let start = scale.column(of: timeline.window == nil ? timeline.days.lowerBound : 0)
        let end = scale.column(of: timeline.window?.lastDay ?? timeline.days.upperBound)
        for column in 0..<start { line[column] = ascii ? "." : "·" }
        for column in start...end { line[column] = ascii ? "-" : "─" }
        if let window = timeline.window {
            let regularEnd = scale.column(of: window.regularEnd)
            for column in line.indices where regularEnd < column && column < end { line[column] = ascii ? "=" : "═" }
        }
        for column in scale.labeledDays.map(scale.column) where column < end { line[column] = ascii ? "+" : "┼" }
        if timeline.window != nil {
            line[start] = ascii ? "|" : "├"
            line[end] = ascii ? "|" : "┤"
        }
        return drawn(signs(timeline.course), on: line)
    }

    /// The events of a lane at their days, and the day of the as-of instant as an upright line.
    func lane(_ lane: CaseTimeline.Lane) -> String {
        var line = [Character](repeating: " ", count: scale.width)
        if let column = asOfColumn { line[column] = presentation.ascii ? "|" : "│" }
        return drawn(signs(lane.marks), on: line)
    }

    /// An arrow below the day of the as-of instant, or at the edge towards it, with its number and date.
    func pointer(width: Int) -> String? {
        guard let day = timeline.asOfDay else { return nil }
        let date = timeline.dayZero.adding(days: day)
        let number = "day \(day)"
        let text = "\(number), \(date)".count + 2 <= width ? "\(number), \(date)" : number
        guard let column = asOfColumn else {
            let later = "\(text) \(presentation.ascii ? ">" : "»")"
            return String(repeating: " ", count: max(scale.width - later.count, 0)) + later
        }
        let arrow = presentation.ascii ? "^" : "▲"
        if column + 2 + text.count <= width {
            return String(repeating: " ", count: column) + "\(arrow) \(text)"
        }
        return String(repeating: " ", count: max(column - text.count - 1, 0)) + "\(text) \(arrow)"
    }

    /// The signs that are to be seen, each with its meaning; a mark for which there was no room is not among them.
    var legend: [String] {
        let drawn = ([timeline.course] + timeline.lanes.map(\.marks)).flatMap { signs($0).values }
        var entries = CaseTimeline.Mark.allCases.filter { mark in drawn.contains { $0.sign.mark == mark } }
            .map { "\(character($0)) \(TimelineSign(mark: $0).meaning)" }
        if drawn.contains(where: { $0.character != character($0.sign.mark) }) { entries.append("2-9 how many") }
        return entries
    }

    private var asOfColumn: Int? {
        timeline.asOfDay.flatMap { timeline.days.contains($0) ? scale.column(of: $0) : nil }
    }

    /// What is drawn in each column. Several events of a day stand side by side where there is room; else several of
    /// one kind become their number, and the most important kinds are shown.
    private func signs(_ marks: [CaseTimeline.PlacedMark]) -> [Int: (character: Character, sign: TimelineSign)] {
        var signs: [Int: (Character, TimelineSign)] = [:]
        for (column, placed) in Dictionary(grouping: marks, by: { scale.column(of: $0.day) }) {
            let kinds = placed.map(\.mark)
            if kinds.count <= scale.signsPerPlace {
                for (index, mark) in kinds.enumerated() {
                    signs[column + index] = (character(mark), TimelineSign(mark: mark))
                }
                continue
            }
            let different = CaseTimeline.Mark.allCases.filter(kinds.contains)
            for (index, mark) in different.prefix(scale.signsPerPlace).enumerated() {
                let count = kinds.count { $0 == mark }
                signs[column + index] = (number(count, of: mark) ?? character(mark), TimelineSign(mark: mark))
            }
        }
        return signs
    }

    private func character(_ mark: CaseTimeline.Mark) -> Character {
        TimelineSign(mark: mark).character(ascii: presentation.ascii)
    }

    /// Visits alone are counted: their lanes have one kind each, so that a number is enough.
    private func number(_ count: Int, of mark: CaseTimeline.Mark) -> Character? {
        guard mark == .contact || mark == .attempt, count > 1 else { return nil }
        return count > 9 ? "+" : Character(String(count))
    }

    private func drawn(
        _ signs: [Int: (character: Character, sign: TimelineSign)],
        on line: [Character]
    ) -> String {
        line.enumerated().map { column, blank in
            guard let (character, sign) = signs[column] else { return String(blank) }
            return sign.styled(String(character), presentation.style)
        }.joined()
    }
}
