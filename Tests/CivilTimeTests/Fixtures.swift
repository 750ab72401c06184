@testable import CivilTime

/// A date that the test spells out; fails the test when there is no such day.
func day(_ text: String) throws -> CivilDate {
    guard let date = CivilDate(text) else { throw BadFixture() }
    return date
}

/// A wall-clock reading such as `2026-03-08T02:30:00`, without a zone.
func wall(_ text: String) throws -> LocalTime {
    let parts = text.split(separator: "T")
    let clock = parts[1].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3,
        let local = LocalTime(date: try day(String(parts[0])), hour: clock[0], minute: clock[1], second: clock[2])
    else { throw BadFixture() }
    return local
}

/// An instant spelled out with its offset.
func at(_ text: String) throws -> Instant {
    try Zone(named: "UTC").parse(utf8: Array(text.utf8).span)
}

struct BadFixture: Error {}

let newYorkName = "America/New_York"
