/// A wall-clock reading without an offset: what a person writes down.
///
/// Twice a year it is not enough to name an instant: `Zone.reading(of:)` says when.
package struct LocalTime: Hashable, Sendable {
    package let date: CivilDate
    /// Seconds since 00:00 on the clock, 0 ... 86,399 (not seconds elapsed since midnight).
    package let secondOfDay: Int

    package init(date: CivilDate, secondOfDay: Int) {
        precondition((0..<secondsPerDay).contains(secondOfDay), "a second of the day is 0 ... 86,399")
        self.date = date
        self.secondOfDay = secondOfDay
    }

    /// `nil` unless a clock shows it: 24:00 and 23:59:60 are refused.
    package init?(date: CivilDate, hour: Int, minute: Int, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
        self.date = date
        secondOfDay = hour * 3_600 + minute * 60 + second
    }

    package var hour: Int { secondOfDay / 3_600 }
    package var minute: Int { secondOfDay / 60 % 60 }
    package var second: Int { secondOfDay % 60 }

    /// The reading as if the clock stood at UTC: seconds since 1970-01-01T00:00 of the same clock.
    var secondsOnClock: Int64 { Int64(date.dayNumber) * Int64(secondsPerDay) + Int64(secondOfDay) }

    init(secondsOnClock seconds: Int64) {
        var (days, second) = seconds.quotientAndRemainder(dividingBy: Int64(secondsPerDay))
        if second < 0 {
            days -= 1
            second += Int64(secondsPerDay)
        }
        date = CivilDate(dayNumber: Int(days))
        secondOfDay = Int(second)
    }
}

let secondsPerDay = 86_400

/// What instants a wall-clock reading names in a zone.
package enum LocalReading: Hashable, Sendable {
    case one(Instant)
    /// The clocks went back: the reading occurred twice.
    case two(earlier: Instant, later: Instant)
    /// The clocks went forward: the reading never occurred. `before` is the same reading counted with the offset
    /// after the change, and lies before it; `after` counts with the offset before the change, and lies after it
    /// (02:30 in New York in spring: 01:30 EST and 03:30 EDT).
    case none(before: Instant, after: Instant)
}
