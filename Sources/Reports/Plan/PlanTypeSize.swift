/// How large a printed plan can be set so that it stays on one Letter sheet.
///
/// A page cannot measure itself without a script, so that the lines are counted here, on the safe side.
struct PlanTypeSize: Equatable {
    /// The size of the entries in points; headings are a little larger.
    let points: Double
    /// Whether the plan is expected to fit on the sheet at that size.
    let fits: Bool
    /// For each part whether its entries are short enough to stand in two columns.
    let isInColumns: [Bool]

    /// What is tried, the largest first; arbitrary steps. 20 points can be read from across a kitchen, 8 are the least
    /// that can be read at all.
    static let steps: [Double] = [20, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8]

    /// The text's area on a Letter sheet with margins of half an inch, in points.
    private static let width = 540.0
    private static let height = 720.0
    /// What title, who and when, the foot and the notice take, in points; measured on a print, and rounded up.
    private static let frame = 150.0
    /// The mean width of a letter in parts of its size, rounded up.
    private static let letter = 0.6
    /// A letter of a wide script is as wide as it is high.
    private static let wideLetter = 1.05
    private static let lineHeight = 1.3
    /// A heading with the space above it, in lines.
    private static let headingLines = 1.5
    /// What a bullet and its indent take of a line's width, in parts of the size.
    private static let indent = 1.3
    /// Words do not break, so that a line is never quite full.
    private static let usedShare = 0.93

    /// - Parameter sections: the entries of each part that is printed under a heading of its own.
    static func fitting(_ sections: [[String]]) -> PlanTypeSize {
        for points in steps where needed(sections, points) <= height - frame {
            return PlanTypeSize(sections, points, fits: true)
        }
        return PlanTypeSize(sections, steps[steps.count - 1], fits: false)
    }

    private init(_ sections: [[String]], _ points: Double, fits: Bool) {
        self.points = points
        self.fits = fits
        isInColumns = sections.map { Self.isShort($0, points) }
    }

    /// The height of all parts in points.
    private static func needed(_ sections: [[String]], _ points: Double) -> Double {
        let room = (width / points - indent) * usedShare
        let lines = sections.reduce(0.0) { sum, entries in
            let count =
                isShort(entries, points)
                ? (entries.count + 1) / 2 : entries.reduce(0) { $0 + lineCount($1, room) }
            return sum + headingLines + Double(count)
        }
        return lines * points * lineHeight
    }

    /// Whether every entry takes one line of half the width.
    private static func isShort(_ entries: [String], _ points: Double) -> Bool {
        let room = (width / 2 / points - 2 * indent) * usedShare
        return entries.count > 1 && entries.allSatisfy { lineCount($0, room) == 1 }
    }

    private static func lineCount(_ entry: String, _ room: Double) -> Int {
        entry.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { count, line in
            let width = line.reduce(0.0) { $0 + ($1.value < 0x1100 ? letter : wideLetter) }
            return count + max(1, Int((width / room).rounded(.up)))
        }
    }
}
