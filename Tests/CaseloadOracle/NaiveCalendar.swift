internal import Foundation

/// A civil day is a number of days since 1970-01-01; an instant is a number of seconds since 1970 UTC.
enum NaiveDay {
    private static let daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
    private static let daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

    static func isLeap(_ year: Int) -> Bool {
        (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    }

    private static func daysBeforeYear(_ year: Int) -> Int {
        let past = year - 1
        // 719,162 days lie between 0001-01-01 and 1970-01-01.
        return past * 365 + past / 4 - past / 100 + past / 400 - 719_162
    }

    static func number(year: Int, month: Int, day: Int) -> Int? {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let leapDay = isLeap(year) ? 1 : 0
        guard day <= daysInMonth[month - 1] + (month == 2 ? leapDay : 0) else { return nil }
        return daysBeforeYear(year) + daysBeforeMonth[month - 1] + (month > 2 ? leapDay : 0) + day - 1
    }

    static func parts(_ number: Int) -> (year: Int, month: Int, day: Int) {
        var year = 1970 + number / 366
        while daysBeforeYear(year + 1) <= number { year += 1 }
        while daysBeforeYear(year) > number { year -= 1 }
        var left = number - daysBeforeYear(year)
        var month = 1
        while true {
            let length = daysInMonth[month - 1] + (month == 2 && isLeap(year) ? 1 : 0)
            if left < length { return (year, month, left + 1) }
            left -= length
            month += 1
        }
    }

    /// `YYYY-MM-DD`.
    static func text(_ number: Int) -> String {
        let (year, month, day) = parts(number)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Monday is 0. 1970-01-01 was a Thursday.
    static func weekday(_ number: Int) -> Int {
        ((number + 3) % 7 + 7) % 7
    }

    /// `start` + `count` business days: Monday to Friday without the holidays. The start itself is not counted.
    static func adding(businessDays count: Int, to start: Int, holidays: Set<String>) -> Int {
        var day = start
        var left = count
        while left > 0 {
            day += 1
            if weekday(day) <= 4 && !holidays.contains(text(day)) { left -= 1 }
        }
        return day
    }

    /// Whole years from one day to another: who is born on 29 February has a birthday on 1 March in common years.
    static func wholeYears(from birth: Int, to day: Int) -> Int {
        let born = parts(birth)
        let then = parts(day)
        let birthdayPassed = (then.month, then.day) >= (born.month, born.day)
        return then.year - born.year - (birthdayPassed ? 0 : 1)
    }

    static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

/// New York's clock: every offset comes from Foundation, everything else is arithmetic on whole days.
struct NewYork {
    private let zone: TimeZone

    init() throws {
        guard let zone = TimeZone(identifier: "America/New_York") else {
            throw NaiveError("this system has no time zone America/New_York: install tzdata")
        }
        self.zone = zone
    }

    private func offset(at instant: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant))))
    }

    func day(of instant: Int64) -> Int {
        let local = instant + offset(at: instant)
        return Int(local >= 0 ? local / 86_400 : (local - 86_399) / 86_400)
    }

    /// The last second of a local day. New York's clocks change at 2 a.m., so 23:59:59 exists once on every day.
    func lastSecond(of day: Int) -> Int64 {
        let local = Int64(day) * 86_400 + 86_399
        let near = local - offset(at: local + 5 * 3_600)
        return local - offset(at: near)
    }

    /// RFC 3339 with New York's offset.
    func text(_ instant: Int64) -> String {
        let offset = offset(at: instant)
        let day = day(of: instant)
        let second = Int(instant + offset) - day * 86_400
        let time = [second / 3_600, second / 60 % 60, second % 60].map { NaiveDay.padded($0, 2) }
        let minutes = Int(abs(offset)) / 60
        let zoneText = "\(NaiveDay.padded(minutes / 60, 2)):\(NaiveDay.padded(minutes % 60, 2))"
        return "\(NaiveDay.text(day))T\(time.joined(separator: ":"))\(offset < 0 ? "-" : "+")\(zoneText)"
    }
}
