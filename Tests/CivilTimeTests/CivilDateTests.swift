import Foundation
import Testing

@testable import CivilTime

struct CivilDateTests {
    @Test func `every day of 1900 to 2200 is the one that Foundation names`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let first = try day("1900-01-01").dayNumber
        let last = try day("2200-12-31").dayNumber
        #expect(last - first + 1 == 109_938)
        for number in first...last {
            let date = CivilDate(dayNumber: number)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday],
                from: Date(timeIntervalSince1970: Double(number) * 86_400)
            )
            // Foundation counts weekdays from Sunday = 1.
            let weekday = ((parts.weekday ?? 0) + 5) % 7 + 1
            guard date.year == parts.year, date.month == parts.month, date.day == parts.day, date.weekday == weekday,
                CivilDate(year: date.year, month: date.month, day: date.day) == date
            else {
                Issue.record("day number \(number) reads \(date)")
                return
            }
        }
    }

    @Test func `walking from the first to the last day follows the rule of months and leap years`() throws {
        var (year, month, dayOfMonth, weekday) = (1, 1, 1, 1)
        for number in CivilDate.earliest.dayNumber...CivilDate.latest.dayNumber {
            let date = CivilDate(dayNumber: number)
            let (dateYear, dateMonth, dateDay) = date.components
            guard dateYear == year, dateMonth == month, dateDay == dayOfMonth, date.weekday == weekday,
                CivilDate(year: year, month: month, day: dayOfMonth) == date
            else {
                Issue.record("expected \(year)-\(month)-\(dayOfMonth), got \(date)")
                return
            }
            let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
            let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
            dayOfMonth += 1
            if dayOfMonth > length { (dayOfMonth, month) = (1, month + 1) }
            if month > 12 { (month, year) = (1, year + 1) }
            weekday = weekday % 7 + 1
        }
        #expect((year, month, dayOfMonth) == (10_000, 1, 1))
    }

    @Test(arguments: [
        (2025, 2, 29), (2026, 2, 30), (1900, 2, 29), (2100, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1),
        (2026, 1, 0), (2026, 1, 32), (0, 1, 1), (10_000, 1, 1), (-1, 1, 1), (2026, -1, 1), (2026, 1, -1),
        (Int.max, 1, 1), (Int.min, Int.min, Int.min), (2026, Int.max, 1), (2026, 1, Int.max),
    ])
    func `a day that no calendar has is refused`(year: Int, month: Int, day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test(arguments: [(2024, 2, 29), (2000, 2, 29), (1, 1, 1), (9999, 12, 31), (1970, 1, 1)])
    func `a day at the edge of the calendar is accepted`(year: Int, month: Int, day: Int) throws {
        let date = try #require(CivilDate(year: year, month: month, day: day))
        #expect(date.components == (year, month, day))
    }

    @Test func `Friday is no weekend, Saturday and Sunday are, Monday is none`() throws {
        #expect(try day("2026-11-20").weekday == 5)
        #expect(try !day("2026-11-20").isWeekend)
        #expect(try day("2026-11-21").isWeekend)
        #expect(try day("2026-11-22").isWeekend)
        #expect(try !day("2026-11-23").isWeekend)
    }

    @Test func `six weeks are 42 days across a leap day and a new year`() throws {
        #expect(try day("2024-02-01").adding(days: 42) == day("2024-03-14"))
        #expect(try day("2026-12-01").adding(days: 42) == day("2027-01-12"))
        #expect(try day("2027-01-12").adding(days: -42) == day("2026-12-01"))
        #expect(try day("2027-01-12").days(since: day("2026-12-01")) == 42)
        #expect(try day("2026-12-01").days(since: day("2027-01-12")) == -42)
    }

    @Test func `a damaged day number becomes the nearer end of the calendar`() {
        #expect(CivilDate(dayNumber: .max) == .latest)
        #expect(CivilDate(dayNumber: .min) == .earliest)
        #expect(CivilDate.latest.description == "9999-12-31")
        #expect(CivilDate.earliest.description == "0001-01-01")
        #expect(CivilDate.latest.adding(days: .max) == .latest)
        #expect(CivilDate.earliest.adding(days: .min) == .earliest)
        #expect(CivilDate.latest.adding(days: 1) == .latest)
        #expect(CivilDate.latest.adding(days: -1) < .latest)
    }
}
