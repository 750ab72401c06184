import Testing

@testable import CivilTime

struct TimeTextTests {
    let newYork: Zone
    let now = Instant(seconds: 1_795_000_000)

    init() throws {
        newYork = try Zone(named: newYorkName)
    }

    @Test(arguments: [
        ("2026-11-20T14:05", "2026-11-20T14:05:00-05:00"), ("2026-11-20 14:05", "2026-11-20T14:05:00-05:00"),
        ("2026-11-20T14:05:09", "2026-11-20T14:05:09-05:00"), ("2026-11-20 14:05:09", "2026-11-20T14:05:09-05:00"),
        ("2026-11-20T14:05Z", "2026-11-20T09:05:00-05:00"), ("2026-11-20T14:05:09Z", "2026-11-20T09:05:09-05:00"),
        ("2026-11-20T14:05-08:00", "2026-11-20T17:05:00-05:00"),
        ("2026-11-20 14:05:09+05:30", "2026-11-20T03:35:09-05:00"),
        ("2026-11-20t14:05z", "2026-11-20T09:05:00-05:00"), ("2026-11-20T14:05:00-00:00", "2026-11-20T09:05:00-05:00"),
        ("2026-11-20T00:00", "2026-11-20T00:00:00-05:00"), ("2026-11-20T23:59:59", "2026-11-20T23:59:59-05:00"),
        ("2026-07-04T12:00", "2026-07-04T12:00:00-04:00"), ("2024-02-29T12:00", "2024-02-29T12:00:00-05:00"),
        ("2026-11-20T14:05:00+23:59", "2026-11-19T09:06:00-05:00"),
    ])
    func `a time is local unless it carries an offset`(text: String, expected: String) throws {
        let instant = try newYork.parse(text, now: now)
        #expect(newYork.rfc3339(instant) == expected)
        #expect(try newYork.parse(utf8: Array(text.utf8).span) == instant)
    }

    @Test func `now is the instant that was handed in, and a file cannot say it`() throws {
        #expect(try newYork.parse("now", now: now) == now)
        #expect(throws: TimeTextError.malformed) { try newYork.parse(utf8: Array("now".utf8).span) }
    }

    @Test(arguments: malformedTimes)
    func `a text that is not exactly a time is refused`(text: String) {
        #expect(throws: TimeTextError.malformed) { try newYork.parse(text, now: now) }
        #expect(throws: TimeTextError.malformed) { try newYork.parse(utf8: Array(text.utf8).span) }
    }

    @Test func `in autumn both readings are given, and an offset chooses`() throws {
        let earlier = try at("2026-11-01T01:30:00-04:00")
        let later = try at("2026-11-01T01:30:00-05:00")
        let error = try TimeTextError.ambiguous(local: wall("2026-11-01T01:30:00"), earlier: earlier, later: later)
        #expect(throws: error) { try newYork.parse("2026-11-01T01:30", now: now) }
        #expect(try newYork.parse("2026-11-01T01:30-04:00", now: now) == earlier)
        #expect(try newYork.parse("2026-11-01T01:30-05:00", now: now) == later)
        let explanation = newYork.explanation(of: error)
        #expect(explanation.contains("2026-11-01T01:30:00-04:00"))
        #expect(explanation.contains("2026-11-01T01:30:00-05:00"))
    }

    @Test func `in spring a time that never came is refused, and the times beside it are given`() throws {
        let before = try at("2026-03-08T01:30:00-05:00")
        let after = try at("2026-03-08T03:30:00-04:00")
        let error = try TimeTextError.nonexistent(local: wall("2026-03-08T02:30:00"), before: before, after: after)
        #expect(throws: error) { try newYork.parse("2026-03-08 02:30", now: now) }
        let explanation = newYork.explanation(of: error)
        #expect(explanation.contains("2026-03-08T01:30:00-05:00"))
        #expect(explanation.contains("2026-03-08T03:30:00-04:00"))
    }

    @Test(arguments: [
        ("2026-03-08T01:59:59", true), ("2026-03-08T02:00:00", false), ("2026-03-08T02:59:59", false),
        ("2026-03-08T03:00:00", true), ("2026-11-01T00:59:59", true), ("2026-11-01T01:00:00", false),
        ("2026-11-01T01:59:59", false), ("2026-11-01T02:00:00", true),
    ])
    func `a local time is refused exactly within the hour of a change`(text: String, isAccepted: Bool) {
        let instant = try? newYork.parse(text, now: now)
        #expect((instant != nil) == isAccepted)
    }

    @Test(arguments: [
        "0001-01-01T12:00Z", "9999-12-31T12:00", "9999-12-31T12:00Z", "9999-12-31T00:00:00+00:00", "0001-01-01T12:00",
    ])
    func `a time beyond the years that are kept is refused`(text: String) {
        #expect(throws: TimeTextError.outOfRange) { try newYork.parse(text, now: now) }
    }

    @Test func `the last and first times that are kept are read`() throws {
        #expect(try newYork.parse("9999-12-30T23:59:59Z", now: now) == .distantFuture)
        #expect(try newYork.parse("0001-01-02T00:00:00Z", now: now) == .distantPast)
        #expect(throws: TimeTextError.outOfRange) { try newYork.parse("9999-12-31T00:00:00Z", now: now) }
        #expect(throws: TimeTextError.outOfRange) { try newYork.parse("0001-01-01T23:59:59Z", now: now) }
    }

    @Test func `no description of an error holds a time`() throws {
        let local = try wall("2026-11-01T01:30:00")
        let errors: [TimeTextError] = [
            .malformed, .outOfRange, .ambiguous(local: local, earlier: now, later: now),
            .nonexistent(local: local, before: now, after: now),
        ]
        for error in errors {
            let description = "\(error)"
            #expect(!description.contains { $0.isNumber })
            #expect(!newYork.explanation(of: error).isEmpty)
        }
    }
}

let malformedTimes = [
    "", " ", "now ", " now", "Now", "NOW", "today", "yesterday", "+3d", "2026-11-20", "14:05", "T14:05", "2026-11-20T",
    "2026-11-20T14", "2026-11-20T14:", "2026-11-20T14:5", "2026-11-20T1:05", "2026-11-20T1405", "20261120T140500Z",
    "2026-11-20  14:05", "2026-11-20_14:05", "2026-11-20\t14:05", "2026-11-20\n14:05", "2026-11-20-14:05",
    "2026-11-20\u{14}14:05", "2026-11-20T14.05", "2026-11-20T14-05", "2026-11-20T14:05 ", " 2026-11-20T14:05",
    "2026-11-20T14:05\n", "2026-11-20T14:05\0", "2026-11-20T14:05x", "2026-11-20T14:05:", "2026-11-20T14:05:0",
    "2026-11-20T14:05:000", "2026-11-20T14:05:00.5", "2026-11-20T14:05:00.000Z", "2026-11-20T14:05:00,5Z",
    "2026-11-20T24:00", "2026-11-20T24:00:00", "2026-11-20T23:60", "2026-11-20T23:59:60", "2026-12-31T23:59:60Z",
    "2026-11-20T99:99", "2026-11-20T-1:05", "2026-11-20T+1:05", "2026-11-20T14:-5", "2026-02-30T14:05",
    "2026-02-29T14:05", "2026-13-01T14:05", "2026-00-01T14:05", "2026-11-00T14:05", "2026-11-31T14:05",
    "0000-01-01T00:00", "-001-01-01T00:00", "-2026-11-20T14:05", "12026-11-20T14:05", "26-11-20T14:05",
    "2026-11-20T14:05ZZ", "2026-11-20T14:05Z ", "2026-11-20T14:05 Z", "2026-11-20T14:05 -05:00",
    "2026-11-20T14:05:00 -05:00", "2026-11-20T14:05-0500", "2026-11-20T14:05-05", "2026-11-20T14:05-5:00",
    "2026-11-20T14:05-05:", "2026-11-20T14:05-05:0", "2026-11-20T14:05-05:000", "2026-11-20T14:05:00-05:00x",
    "2026-11-20T14:05-24:00", "2026-11-20T14:05-05:60", "2026-11-20T14:05+-5:00", "2026-11-20T14:05−05:00",
    "2026-11-20T14:05EST", "2026-11-20T14:05 EST", "2026-11-20T02:05 PM", "2:05 PM", "2026-11-20T14:05:00.Z",
    "2026-11-20T14:05[America/New_York]", "2026-11-20T14:05A", "2026-11-20T14:05:00:00", "2026/11/20 14:05",
    "11/20/2026 14:05", "２０２６-11-20T14:05", "2026-11-20T１４:05", "2026-11-20Ｔ14:05", "2026-11-20T14：05",
    "2026-11-20T14:0٥", "2026-11-20T14:05\u{301}", "1795000000", "nan", "é",
]
