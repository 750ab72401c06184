/// The texts of days that were written lately, each made once: of a million dates that are written one after the other
/// most lie within a few weeks of those before them.
package struct RecentDates: Sendable {
    private struct Kept {
        let dayNumber: Int
        let words: (UInt64, UInt64)

        init(_ date: CivilDate) {
            dayNumber = date.dayNumber
            words = date.textWords
        }
    }

    /// A power of two of days, more than a follow-up window has: each has one place, by its number.
    private static let places = 64

    private var kept = (0..<places).map { Kept(CivilDate(dayNumber: $0)) }

    package init() {}

    /// What `textWords` of the date is.
    package mutating func words(_ date: CivilDate) -> (UInt64, UInt64) {
        let place = date.dayNumber & (Self.places - 1)
        let words = kept[place]
        if words.dayNumber == date.dayNumber { return words.words }
        return keep(date, at: place)
    }

    @inline(never)
    private mutating func keep(_ date: CivilDate, at place: Int) -> (UInt64, UInt64) {
        kept[place] = Kept(date)
        return kept[place].words
    }
}
