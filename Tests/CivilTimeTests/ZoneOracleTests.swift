import Foundation
import Testing

@testable import CivilTime

/// Foundation is the oracle: another reader, with another copy of the tz database.
struct ZoneOracleTests {
    /// A skipped day (Apia), half an hour of summer time (Lord Howe), summer time from midnight (Sao Paulo),
    /// two changes within a week (Recife), offsets with minutes (Kolkata, St Johns) and with seconds (Monrovia).
    static let names = [
        newYorkName, "America/Chicago", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns",
        "Pacific/Apia", "America/Sao_Paulo", "America/Recife", "Africa/Monrovia", "UTC",
    ]

    static let from = 0.0
    /// 2101-01-01T00:00:00Z.
    static let until = 4_133_980_800.0

    @Test(arguments: names)
    func `the offset agrees at every change from 1970 to 2100, a second before and a second after`(name: String) throws
    {
        let oracle = try #require(TimeZone(identifier: name))
        let zone = try Zone(named: name)
        var changes = 0
        var moment = Date(timeIntervalSince1970: Self.from)
        while let next = oracle.nextDaylightSavingTimeTransition(after: moment),
            next.timeIntervalSince1970 < Self.until, next > moment
        {
            for shift in [-1.0, 0, 1] {
                expectAgreement(zone, oracle, next.timeIntervalSince1970 + shift)
            }
            changes += 1
            moment = next
        }
        // Two a year since 1970, and no other.
        if name == newYorkName { #expect(changes == 262) }
    }

    @Test(arguments: names)
    func `the offset agrees at seeded instants`(name: String) throws {
        let oracle = try #require(TimeZone(identifier: name))
        let zone = try Zone(named: name)
        let seed: UInt64 = 20_261_120
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<(name == newYorkName ? 100_000 : 10_000) {
            let second = Double.random(in: Self.from..<Self.until, using: &generator).rounded(.down)
            guard expectAgreement(zone, oracle, second) else {
                Issue.record("seed \(seed)")
                return
            }
        }
    }

    @Test func `the local reading agrees with a calendar at seeded instants`() throws {
        let zone = try Zone(named: newYorkName)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: newYorkName))
        let seed: UInt64 = 42
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let second = Int64.random(in: 0..<Int64(Self.until), using: &generator)
            let local = zone.local(Instant(seconds: second))
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute, .second],
                from: Date(timeIntervalSince1970: Double(second))
            )
            guard local.date.year == parts.year, local.date.month == parts.month, local.date.day == parts.day,
                local.hour == parts.hour, local.minute == parts.minute, local.second == parts.second
            else {
                Issue.record("seed \(seed), second \(second)")
                return
            }
        }
    }

    @Test(arguments: names)
    func `each day starts where Foundation's calendar says`(name: String) throws {
        let zone = try Zone(named: name)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: name))
        let first = try day("1995-01-01").dayNumber
        for number in first...(try day("2039-12-31").dayNumber) {
            let date = CivilDate(dayNumber: number)
            let start = zone.startOfDay(date)
            // Noon exists everywhere but on the day that Samoa skipped.
            let noon = start.adding(seconds: 43_200)
            guard zone.date(of: noon) == date else {
                #expect(name == "Pacific/Apia" && date.description == "2011-12-30")
                continue
            }
            let expected = calendar.startOfDay(for: Date(timeIntervalSince1970: Double(noon.seconds)))
            guard expected.timeIntervalSince1970 == Double(start.seconds) else {
                // Where the clocks went back over midnight (one minute past it in St John's) there are two, and the
                // oracle takes the later one.
                let reading = zone.reading(of: LocalTime(date: date, secondOfDay: 0))
                guard case .two(start, let later) = reading, later.seconds == Int64(expected.timeIntervalSince1970)
                else {
                    Issue.record("\(name) \(date)")
                    return
                }
                continue
            }
        }
    }

    @discardableResult
    private func expectAgreement(_ zone: Zone, _ oracle: TimeZone, _ second: Double) -> Bool {
        let expected = oracle.secondsFromGMT(for: Date(timeIntervalSince1970: second))
        let offset = zone.offset(at: Instant(seconds: Int64(second)))
        if offset != expected { Issue.record("\(zone.name) at \(second): \(offset), oracle \(expected)") }
        return offset == expected
    }
}
