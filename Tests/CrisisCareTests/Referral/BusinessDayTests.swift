import CivilTime
import Testing

@testable import CrisisCare

/// Monday to Friday without the holidays that the administrator has listed.
@Suite struct BusinessDayTests {
    @Test(arguments: [
        (1, "2026-06-01", "2026-06-02"), (1, "2026-06-05", "2026-06-08"), (1, "2026-06-06", "2026-06-08"),
        (1, "2026-06-07", "2026-06-08"), (5, "2026-06-01", "2026-06-08"), (5, "2026-06-05", "2026-06-12"),
        (10, "2026-06-03", "2026-06-17"), (3, "2026-12-30", "2027-01-04"), (0, "2026-06-06", "2026-06-06"),
    ])
    func `business days skip Saturday and Sunday`(count: Int, from: String, to: String) {
        #expect(youth.day(count, businessDaysAfter: day(from)) == day(to))
    }

    @Test func `business days agree with a walk over the calendar, day by day`() {
        let seed: UInt64 = 20_260_601
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let start = day("2026-01-01").adding(days: Int.random(in: 0..<365, using: &generator))
            let count = Int.random(in: 1...12, using: &generator)
            let holidays = Set((0..<6).map { _ in start.adding(days: Int.random(in: -1...14, using: &generator)) })
            let working = (1...60).map { start.adding(days: $0) }
                .filter { (1...5).contains($0.weekday) && !holidays.contains($0) }
            let found = youth.with(holidays: holidays).day(count, businessDaysAfter: start)
            #expect(found == working[count - 1], "seed \(seed): \(count) after \(start)")
        }
    }

    @Test(arguments: [
        (1, "2026-06-02", "2026-06-01"), (1, "2026-06-08", "2026-06-05"), (1, "2026-06-07", "2026-06-05"),
        (3, "2026-06-09", "2026-06-04"), (5, "2026-06-08", "2026-06-01"), (0, "2026-06-06", "2026-06-06"),
    ])
    func `business days are counted back as they are counted on`(count: Int, from: String, to: String) {
        #expect(youth.day(count, businessDaysBefore: day(from)) == day(to))
    }

    @Test func `business days are not counted past the first and the last day of the calendar`() {
        let practice = youth.with(holidays: [.earliest, .latest])
        #expect(practice.day(3, businessDaysBefore: .earliest) == .earliest)
        #expect(practice.day(3, businessDaysBefore: CivilDate.earliest.adding(days: 1)) == .earliest)
        #expect(practice.day(3, businessDaysAfter: .latest) == .latest)
        #expect(practice.day(3, businessDaysAfter: CivilDate.latest.adding(days: -1)) == .latest)
    }

    @Test func `a clock runs up to a day or across it from the day that lies as many business days before it`() {
        let seed: UInt64 = 20_260_602
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let middle = day("2026-01-01").adding(days: Int.random(in: 0..<365, using: &generator))
            let count = Int.random(in: 1...12, using: &generator)
            let holidays = Set((0..<6).map { _ in middle.adding(days: Int.random(in: -14...14, using: &generator)) })
            let practice = youth.with(holidays: holidays)
            let first = practice.day(count, businessDaysBefore: middle)
            for start in (1...40).map({ middle.adding(days: -$0) }) {
                let isAcross = practice.day(count, businessDaysAfter: start) >= middle
                #expect(isAcross == (start >= first), "seed \(seed): \(count) from \(start) to \(middle)")
            }
        }
    }
}
