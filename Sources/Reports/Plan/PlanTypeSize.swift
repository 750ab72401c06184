/// How large a printed plan can be set so that it stays on one Letter sheet.
///
/// A page cannot measure itself without a script, so that the lines are counted here, on the safe side.
struct PlanTypeSize: Equatable {
    /// The size of the entries in points; headings are a little larger.
    let points: Double
    /// Whether the plan is expected to fit on the sheet at that size.
    let fits: Bool
    /// For each section whether its entries are short enough to stand in two columns.
    let isInColumns: [Bool]

    /// What is tried, the largest first; arbitrary steps. 20 points can be read from across a kitchen, 8 are the least
    /// that can be read at all.
    static let steps: [Double] = [20, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8]

    /// Entries under a heading of their own.
    struct Section {
        let heading: String
        let entries: [String]
    }

    /// What stands on a sheet.
    struct Contents {
        /// What has the sheet's width.
        var sections: [Section]
        /// What stands two by two beside each other.
        var pairs: [Section] = []
        /// What is said at the foot in small type.
        var notices: [String] = []
    }

    /// The text's area on a Letter sheet with margins of half an inch, in points.
    private static let width = 540.0
    private static let height = 716.0
    /// What title, two lines of who and when, and the foot take, in points; measured on a print, and rounded up.
    private static let frame = 126.0
    /// The size of a notice, and the height of its lines, in points.
    private static let notice = (points: 8.0, line: 14.0)
    private static let lineHeight = 1.3
    /// The lines of a heading, and the space above it, in lines of the entries.
    private static let heading = (line: 1.05, space: 0.3)
    /// How much wider a heading is than the same text in an entry, being bold and larger.
    private static let headingWidth = 1.2
    /// What a bullet and its indent take of a line's width, and what stands between two columns, in parts of the size.
    private static let indent = 1.3
    private static let gap = 1.2

    static func fitting(_ contents: Contents) -> PlanTypeSize {
        for points in steps where needed(contents, points) <= height {
            return PlanTypeSize(contents, points, fits: true)
        }
        return PlanTypeSize(contents, steps[steps.count - 1], fits: false)
    }

    private init(_ contents: Contents, _ points: Double, fits: Bool) {
        self.points = points
        self.fits = fits
        isInColumns = contents.sections.map { Self.isShort($0.entries, points) }
    }

    /// The height of everything in points.
    private static func needed(_ contents: Contents, _ points: Double) -> Double {
        let small = LineMeasure(room: width / notice.points)
        let notices = contents.notices.reduce(0) { $0 + small.lines(of: $1) }
        return frame + Double(notices) * notice.line + lines(contents, points) * points * lineHeight
    }

    private static func lines(_ contents: Contents, _ points: Double) -> Double {
        var lines = 0.0
        for section in contents.sections {
            lines +=
                isShort(section.entries, points)
                ? headingLines(section, full(points)) + Double((section.entries.count + 1) / 2)
                : count(section, full(points))
        }
        var pairs = contents.pairs[...]
        while let left = pairs.popFirst() {
            // The last one of an odd number has the whole width.
            let right = pairs.popFirst()
            let column = right == nil ? full(points) : half(points)
            lines += max(count(left, column), right.map { count($0, column) } ?? 0)
        }
        return lines
    }

    private static func full(_ points: Double) -> LineMeasure {
        LineMeasure(room: width / points - indent)
    }

    private static func half(_ points: Double) -> LineMeasure {
        LineMeasure(room: (width / points - gap) / 2 - indent)
    }

    private static func count(_ section: Section, _ measure: LineMeasure) -> Double {
        headingLines(section, measure) + Double(section.entries.reduce(0) { $0 + measure.lines(of: $1) })
    }

    private static func headingLines(_ section: Section, _ measure: LineMeasure) -> Double {
        // A heading has no bullet, so that it has more room than an entry.
        let lines = LineMeasure(room: measure.room / headingWidth).lines(of: section.heading)
        return Double(lines) * heading.line + heading.space
    }

    /// Whether every entry takes one line of half the width.
    private static func isShort(_ entries: [String], _ points: Double) -> Bool {
        entries.count > 1 && entries.allSatisfy { half(points).lines(of: $0) == 1 }
    }
}
