import Testing

@testable import CivilTime

struct InstantTests {
    @Test func `seconds are added and taken away`() {
        let start = Instant(seconds: 1_000)
        #expect(start.adding(seconds: 2_700).seconds == 3_700)
        #expect(start.adding(seconds: -1_001).seconds == -1)
        #expect(start.adding(seconds: 2_700).seconds(since: start) == 2_700)
        #expect(start.seconds(since: start.adding(seconds: 2_700)) == -2_700)
    }

    @Test func `instants are ordered by time`() {
        #expect(Instant(seconds: -1) < Instant(seconds: 0))
        #expect(!(Instant(seconds: 0) < Instant(seconds: 0)))
    }

    @Test func `the ends of the calendar are one day inside the years 1 and 9999`() throws {
        #expect(try at("0001-01-02T00:00:00Z") == .distantPast)
        #expect(try at("9999-12-30T23:59:59Z") == .distantFuture)
    }

    @Test func `a damaged number becomes the nearer end of the calendar`() {
        #expect(Instant(seconds: .min) == .distantPast)
        #expect(Instant(seconds: .max) == .distantFuture)
        #expect(Instant(seconds: Instant.distantPast.seconds - 1) == .distantPast)
        #expect(Instant(seconds: Instant.distantFuture.seconds + 1) == .distantFuture)
        #expect(Instant(seconds: Instant.distantFuture.seconds - 1) < .distantFuture)
        #expect(Instant.distantFuture.adding(seconds: .max) == .distantFuture)
        #expect(Instant.distantPast.adding(seconds: .min) == .distantPast)
        #expect(Instant.distantPast.adding(seconds: -1) == .distantPast)
    }

    @Test(arguments: ["Asia/Tokyo", "America/New_York", "Pacific/Apia", "UTC"])
    func `every instant has a date of four-digit year everywhere`(name: String) throws {
        let zone = try Zone(named: name)
        #expect((1...9999).contains(zone.date(of: .distantPast).year))
        #expect((1...9999).contains(zone.date(of: .distantFuture).year))
        for end in [Instant.distantPast, .distantFuture] {
            let text = zone.rfc3339(end)
            #expect(try zone.parse(text, now: end) == end)
        }
    }

    @Test func `the clock of the system reads a time after this test was written`() throws {
        #expect(try SystemClock.currentInstant() > at("2025-01-01T00:00:00Z"))
        #expect(try SystemClock.currentInstant() < at("2200-01-01T00:00:00Z"))
    }
}
