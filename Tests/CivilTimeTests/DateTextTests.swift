import Testing

@testable import CivilTime

struct DateTextTests {
    let zone: Zone
    let today: CivilDate

    init() throws {
        zone = try Zone(named: newYorkName)
        today = try day("2026-11-20")
    }

    @Test(arguments: [
        ("2026-01-02", "2026-01-02"), ("today", "2026-11-20"), ("yesterday", "2026-11-19"), ("tomorrow", "2026-11-21"),
        ("+3d", "2026-11-23"), ("-2d", "2026-11-18"), ("+0d", "2026-11-20"), ("-0d", "2026-11-20"),
        ("+42d", "2027-01-01"), ("+007d", "2026-11-27"), ("-325d", "2025-12-30"),
    ])
    func `a date is spelled out, a word, or days from today`(text: String, expected: String) throws {
        #expect(try zone.parseDate(text, today: today) == day(expected))
    }

    @Test(
        arguments: malformedDates.filter { $0 != "today" } + [
            "Today", "today ", " today", "3d", "+d", "-d", "d", "+", "-", "+3", "+3D", "+3 d", "++3d", "+-3d", "+3dd",
            "+3.5d", "+３d", "+3w", "in 3 days", "+3d\n", "−3d",
        ]
    )
    func `a text that is no date is refused`(text: String) {
        #expect(throws: TimeTextError.malformed) { try zone.parseDate(text, today: today) }
    }

    @Test(arguments: ["+3000000d", "-3000000d", "+99999999999999999999999999d", "-99999999999999999999999999d"])
    func `days that leave the calendar are refused`(text: String) {
        #expect(throws: TimeTextError.outOfRange) { try zone.parseDate(text, today: today) }
    }

    @Test func `the ends of the calendar have no day beyond them`() throws {
        #expect(throws: TimeTextError.outOfRange) { try zone.parseDate("tomorrow", today: .latest) }
        #expect(throws: TimeTextError.outOfRange) { try zone.parseDate("yesterday", today: .earliest) }
        #expect(try zone.parseDate("yesterday", today: .latest) == day("9999-12-30"))
        #expect(try zone.parseDate("+1d", today: day("9999-12-30")) == .latest)
    }
}
