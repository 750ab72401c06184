/// A day of the calendar, without a time and without a zone.
///
/// Range: 0001-01-01 ... 9999-12-31 (Gregorian throughout); a day number outside becomes the nearer end, so that no
/// damaged number can stop the program and every date has a text of ten characters.
package struct CivilDate: Comparable, Hashable, Sendable {
    /// Days since 1970-01-01.
    package let dayNumber: Int

    package init(dayNumber: Int) {
        self.dayNumber = min(max(dayNumber, Self.firstDayNumber), Self.lastDayNumber)
    }

    /// `nil` unless the calendar has that day (30 February, 29 February 2025, year 0 and year 10000 do not exist).
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(inMonth: month, year: year)
        else { return nil }
        // The year begins in March here, so that the leap day is its last and months need no table.
        let marchYear = month <= 2 ? year - 1 : year
        let marchMonth = month <= 2 ? month + 9 : month - 3
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        dayNumber = marchYear * 365 + leapDays + dayOfYear - Self.daysFromMarchOfYear0To1970
    }

    package static let earliest = CivilDate(dayNumber: firstDayNumber)
    package static let latest = CivilDate(dayNumber: lastDayNumber)

    package var year: Int { components.year }
    /// 1 ... 12.
    package var month: Int { components.month }
    /// 1 ... 31.
    package var day: Int { components.day }

    /// Year, month and day in one computation, for writers of many dates.
    package var components: (year: Int, month: Int, day: Int) {
        // In quarters of a day: a century has as many as four centuries have days, a year as many as four years have
        // days. Each is counted from the last of the day's four, so that a leap day at the end belongs to what it ends.
        // Without a sign and in 32 bits a division by a constant is a multiplication, and the range allows both.
        let quarters = UInt32(truncatingIfNeeded: dayNumber + Self.daysFromMarchOfYear0To1970) * 4 + 3
        let century = quarters / Self.daysIn400Years
        let quartersOfCentury = quarters % Self.daysIn400Years | 3
        let yearOfCentury = quartersOfCentury / Self.daysIn4Years
        let dayOfYear = quartersOfCentury % Self.daysIn4Years / 4
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (Int(century * 100 + yearOfCentury + (month <= 2 ? 1 : 0)), Int(month), Int(day))
    }

    /// ISO 8601: 1 is Monday, 7 is Sunday.
    package var weekday: Int {
        // Day 0 was a Thursday. The divisor is positive and so is the number: it counts from a Monday of year 1.
        (dayNumber - Self.firstDayNumber) % 7 + 1
    }

    /// Saturday or Sunday.
    package var isWeekend: Bool { weekday >= 6 }

    /// The date `days` later; earlier when negative.
    package func adding(days: Int) -> CivilDate {
        let (sum, overflow) = dayNumber.addingReportingOverflow(days)
        guard !overflow else { return days < 0 ? .earliest : .latest }
        return CivilDate(dayNumber: sum)
    }

    /// Whole civil days from `other` to this date: a daylight-saving change moves nothing.
    package func days(since other: CivilDate) -> Int {
        dayNumber - other.dayNumber
    }

    package static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.dayNumber < right.dayNumber
    }

    private static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static let firstDayNumber = -719_162
    private static let lastDayNumber = 2_932_896
    private static let daysFromMarchOfYear0To1970 = 719_468
    private static let daysIn400Years: UInt32 = 146_097
    private static let daysIn4Years: UInt32 = 1_461
}
