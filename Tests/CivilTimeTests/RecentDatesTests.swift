import CivilTime
import Testing

/// A text that was kept is that of its day, and of no other that has its place.
struct RecentDatesTests {
    @Test func `dates that share a place are each written as they are, in any order`() {
        var dates = RecentDates()
        // A place is a day's number by 64; some days come again after another has had the place.
        for day in [0, 20_000, 20_064, 20_000, 63, -1, -64, -65, 20_063, 20_001, -1, 2_932_896, 0] {
            let date = CivilDate(dayNumber: day)
            #expect(dates.words(date) == date.textWords, "\(date)")
        }
    }

    @Test func `instants of neighboring days read as without the texts that are kept`() throws {
        let zone = try Zone(named: "America/New_York")
        var dates = RecentDates()
        var generator = SeededGenerator(seed: 16)
        for _ in 0..<2_000 {
            let instant = Instant(seconds: Int64.random(in: 1_700_000_000..<1_720_000_000, using: &generator))
            #expect(zone.rfc3339Words(instant, &dates) == zone.rfc3339Words(instant), "\(instant.seconds)")
        }
    }
}
