/// How wide each column of a table is.
enum TableLayout {
    /// The space between two columns.
    static let gap = 2

    /// Widths that fit `available` columns in all, or nil where even the narrowest do not.
    ///
    /// The widest columns give way first, down to a common width, and none below what it needs.
    /// - Parameters:
    ///   - natural: what each column takes when nothing is wrapped.
    ///   - least: what each column needs at the least.
    static func widths(natural: [Int], least: [Int], available: Int) -> [Int]? {
        let room = available - gap * max(natural.count - 1, 0)
        if natural.reduce(0, +) <= room { return natural }
        guard least.reduce(0, +) <= room else { return nil }

        func limited(to limit: Int) -> [Int] {
            zip(natural, least).map { max($1, min($0, limit)) }
        }
        // No column of a table that fits is wider than the room.
        var limit = room
        while limited(to: limit).reduce(0, +) > room { limit -= 1 }
        var widths = limited(to: limit)
        var rest = room - widths.reduce(0, +)
        for index in widths.indices where rest > 0 && widths[index] < natural[index] {
            widths[index] += 1
            rest -= 1
        }
        return widths
    }
}
