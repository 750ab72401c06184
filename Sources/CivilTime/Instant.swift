/// A point in time: whole seconds since 1970-01-01T00:00:00Z, the same everywhere on earth.
///
/// Elapsed time is measured between instants; civil days never are (`CivilDate.days(since:)`).
/// Range: `distantPast ... distantFuture`; what lies outside becomes the nearer end, so that no damaged number
/// can stop the program and every instant has a date between the years 1 and 9999 in every zone.
package struct Instant: Comparable, Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    package let seconds: Int64

    package init(seconds: Int64) {
        self.seconds = min(max(seconds, Self.earliestSecond), Self.latestSecond)
    }

    /// 0001-01-02T00:00:00Z: the start of the calendar, one day in, so that a western zone is still in year 1.
    package static let distantPast = Instant(seconds: earliestSecond)
    /// 9999-12-30T23:59:59Z: the end of the calendar, one day less, so that an eastern zone is still in year 9999.
    package static let distantFuture = Instant(seconds: latestSecond)

    private static let earliestSecond: Int64 = -62_135_510_400
    private static let latestSecond: Int64 = 253_402_214_399

    /// The instant `seconds` later; earlier when negative.
    package func adding(seconds: Int64) -> Instant {
        let (sum, overflow) = self.seconds.addingReportingOverflow(seconds)
        guard !overflow else { return seconds < 0 ? .distantPast : .distantFuture }
        return Instant(seconds: sum)
    }

    /// Seconds from `other` to this instant; negative when this one is earlier.
    package func seconds(since other: Instant) -> Int64 {
        seconds - other.seconds
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.seconds < right.seconds
    }
}
