import Testing

@testable import CivilTime

struct ZoneReadingTests {
    let newYork: Zone

    init() throws {
        newYork = try Zone(named: newYorkName)
    }

    @Test func `in spring 01:59:59 is followed by 03:00:00`() throws {
        let last = try at("2026-03-08T01:59:59-05:00")
        #expect(newYork.rfc3339(last) == "2026-03-08T01:59:59-05:00")
        #expect(newYork.rfc3339(last.adding(seconds: 1)) == "2026-03-08T03:00:00-04:00")
    }

    @Test func `in autumn 01:59:59 is followed by 01:00:00`() throws {
        let last = try at("2026-11-01T01:59:59-04:00")
        #expect(newYork.rfc3339(last.adding(seconds: 1)) == "2026-11-01T01:00:00-05:00")
    }

    @Test(arguments: [
        ("2026-03-08T01:59:59", "2026-03-08T01:59:59-05:00"), ("2026-03-08T03:00:00", "2026-03-08T03:00:00-04:00"),
        ("2026-11-01T00:59:59", "2026-11-01T00:59:59-04:00"), ("2026-11-01T02:00:00", "2026-11-01T02:00:00-05:00"),
        ("2026-07-01T12:00:00", "2026-07-01T12:00:00-04:00"), ("2026-12-31T23:59:59", "2026-12-31T23:59:59-05:00"),
    ])
    func `beside the changes a reading is one instant`(local: String, instant: String) throws {
        #expect(try newYork.reading(of: wall(local)) == .one(at(instant)))
    }

    @Test(arguments: ["01:00:00", "01:30:00", "01:59:59"])
    func `in autumn the hour from one to two comes twice`(time: String) throws {
        #expect(
            try newYork.reading(of: wall("2026-11-01T" + time))
                == .two(earlier: at("2026-11-01T\(time)-04:00"), later: at("2026-11-01T\(time)-05:00"))
        )
    }

    @Test(arguments: [
        ("02:00:00", "01:00:00", "03:00:00"), ("02:30:00", "01:30:00", "03:30:00"),
        ("02:59:59", "01:59:59", "03:59:59"),
    ])
    func `in spring the hour from two to three never comes`(time: String, before: String, after: String) throws {
        #expect(
            try newYork.reading(of: wall("2026-03-08T" + time))
                == .none(before: at("2026-03-08T\(before)-05:00"), after: at("2026-03-08T\(after)-04:00"))
        )
    }

    @Test func `from 01:50 EDT to 01:20 EST are thirty minutes`() throws {
        let call = try at("2026-11-01T01:50:00-04:00")
        let arrival = try at("2026-11-01T01:20:00-05:00")
        #expect(arrival.seconds(since: call) == 1_800)
    }

    @Test(arguments: [
        ("2026-10-01", "2026-11-12", 1_009), ("2026-02-15", "2026-03-29", 1_007), ("2026-05-01", "2026-06-12", 1_008),
    ])
    func `six weeks end on the same clock whatever the hours between`(first: String, last: String, hours: Int64) throws
    {
        let start = try day(first)
        let end = start.adding(days: 42)
        #expect(try end == day(last))
        #expect(newYork.startOfDay(end).seconds(since: newYork.startOfDay(start)) == hours * 3_600)
        #expect(newYork.rfc3339(newYork.startOfDay(end)).contains("T00:00:00"))
        #expect(newYork.rfc3339(newYork.endOfDay(end)).contains("T23:59:59"))
        #expect(newYork.date(of: newYork.endOfDay(end)) == end)
        #expect(newYork.date(of: newYork.endOfDay(end).adding(seconds: 1)) == end.adding(days: 1))
    }

    @Test func `an evening visit belongs to the local day, not to the next day of UTC`() throws {
        #expect(try newYork.date(of: at("2026-07-02T00:30:00Z")) == day("2026-07-01"))
        #expect(try newYork.date(of: at("2026-07-02T03:59:59Z")) == day("2026-07-01"))
        #expect(try newYork.date(of: at("2026-07-02T04:00:00Z")) == day("2026-07-02"))
    }

    @Test func `where midnight does not exist the day starts after the change`() throws {
        let saoPaulo = try Zone(named: "America/Sao_Paulo")
        let date = try day("2018-11-04")
        #expect(try saoPaulo.startOfDay(date) == at("2018-11-04T01:00:00-02:00"))
        #expect(try saoPaulo.endOfDay(date.adding(days: -1)) == at("2018-11-03T23:59:59-03:00"))
        #expect(saoPaulo.endOfDay(date).seconds(since: saoPaulo.startOfDay(date)) == 23 * 3_600 - 1)
    }

    @Test func `where the skipped hour holds midnight the day starts at its end`() throws {
        // At 23:30 the clocks of Toronto went to 00:30.
        let toronto = try Zone(named: "America/Toronto")
        #expect(try toronto.startOfDay(day("1919-03-31")) == at("1919-03-31T00:30:00-04:00"))
        #expect(try toronto.endOfDay(day("1919-03-30")) == at("1919-03-30T23:29:59-05:00"))
    }

    @Test func `where the hour before midnight comes twice the day starts at its only midnight`() throws {
        let saoPaulo = try Zone(named: "America/Sao_Paulo")
        #expect(try saoPaulo.startOfDay(day("2018-02-18")) == at("2018-02-18T00:00:00-03:00"))
        #expect(
            try saoPaulo.reading(of: wall("2018-02-17T23:30:00"))
                == .two(earlier: at("2018-02-17T23:30:00-02:00"), later: at("2018-02-17T23:30:00-03:00"))
        )
    }

    @Test func `where midnight comes twice the day starts at the first`() throws {
        // At 00:01 the clocks of Newfoundland went back to 23:01.
        let stJohns = try Zone(named: "America/St_Johns")
        #expect(try stJohns.startOfDay(day("2010-11-07")) == at("2010-11-07T00:00:00-02:30"))
        #expect(try stJohns.endOfDay(day("2010-11-06")) == at("2010-11-06T23:59:59-02:30"))
    }

    @Test func `a day that a country skipped is empty and its neighbors are whole`() throws {
        let apia = try Zone(named: "Pacific/Apia")
        let skipped = try day("2011-12-30")
        #expect(try apia.endOfDay(day("2011-12-29")) == at("2011-12-29T23:59:59-10:00"))
        #expect(try apia.startOfDay(day("2011-12-31")) == at("2011-12-31T00:00:00+14:00"))
        #expect(apia.startOfDay(skipped) == apia.startOfDay(skipped.adding(days: 1)))
        #expect(apia.endOfDay(skipped) < apia.startOfDay(skipped))
        #expect(
            try apia.reading(of: wall("2011-12-30T12:00:00"))
                == .none(before: at("2011-12-29T12:00:00-10:00"), after: at("2011-12-31T12:00:00+14:00"))
        )
    }

    @Test(arguments: ZoneOracleTests.names)
    func `the reading of what a clock shows holds the instant`(name: String) throws {
        let zone = try Zone(named: name)
        let seed: UInt64 = 7
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let instant = Instant(seconds: Int64.random(in: -2_000_000_000..<4_133_980_800, using: &generator))
            let isHeld =
                switch zone.reading(of: zone.local(instant)) {
                case .one(let only): only == instant
                case .two(let earlier, let later): earlier < later && (earlier == instant || later == instant)
                case .none: false
                }
            guard isHeld else {
                Issue.record("seed \(seed): \(name) at \(instant.seconds)")
                return
            }
        }
    }

    @Test(arguments: ZoneOracleTests.names)
    func `days follow each other without a gap`(name: String) throws {
        let zone = try Zone(named: name)
        for number in try day("1990-01-01").dayNumber...day("2030-12-31").dayNumber {
            let date = CivilDate(dayNumber: number)
            let (start, end) = (zone.startOfDay(date), zone.endOfDay(date))
            let isWhole = start < end && zone.date(of: start) == date && zone.date(of: end) == date
            let isSkipped = name == "Pacific/Apia" && date.description == "2011-12-30"
            guard isWhole || isSkipped, zone.startOfDay(date.adding(days: 1)).seconds(since: end) == 1 else {
                Issue.record("\(name) \(date)")
                return
            }
        }
    }
}
