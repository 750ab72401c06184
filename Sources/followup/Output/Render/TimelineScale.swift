/// Where the days of a timeline stand: several columns for a day where there is room, several days in a column where
/// there is not.
struct TimelineScale {
    /// Wider days show no more; arbitrary.
    private static let mostColumnsPerDay = 3

    let days: ClosedRange<Int>
    private let columnsPerDay: Int
    private let daysPerColumn: Int

    /// - Parameter room: columns that the scale may take; it takes at least one.
    init(days: ClosedRange<Int>, room: Int) {
        self.days = days
        let count = days.count
        // The last number begins on the last day and goes on beyond it.
        let room = max(room - String(days.upperBound).count + 1, 1)
        columnsPerDay = min(max(room / count, 1), Self.mostColumnsPerDay)
        daysPerColumn = (count + room - 1) / room
    }

    var width: Int {
        column(of: days.upperBound) + columnsPerDay
    }

    /// The first column of a day.
    func column(of day: Int) -> Int {
        (day - days.lowerBound) / daysPerColumn * columnsPerDay
    }

    /// How many signs have room beside each other in a column's days.
    var signsPerPlace: Int { columnsPerDay }

    /// The days whose numbers are written, a week apart or, where they would touch, more weeks.
    var labeledDays: [Int] {
        let widest = String(days.upperBound).count + 1
        var step = 7
        while step * columnsPerDay / daysPerColumn < widest { step *= 2 }
        return Array(stride(from: 0, through: days.upperBound, by: step))
    }
}
