// From wall clock to instant. Rule for both daylight-saving changes: practice.md, section 2.

extension Zone {
    /// The instant, or both instants, or none, at which the clock here shows that reading.
    package func reading(of local: LocalTime) -> LocalReading {
        // No zone is farther than 16 hours from UTC, and none has changed twice within two days: one day to either
        // side finds the offset before and the offset after the only change that can matter.
        let clock = local.secondsOnClock
        let day = Int64(secondsPerDay)
        let offsetBefore = offset(at: Instant(seconds: clock - day))
        let offsetAfter = offset(at: Instant(seconds: clock + day))
        let withBefore = Instant(seconds: clock - Int64(offsetBefore))
        guard offsetBefore != offsetAfter else { return .one(withBefore) }
        let withAfter = Instant(seconds: clock - Int64(offsetAfter))
        switch (offset(at: withBefore) == offsetBefore, offset(at: withAfter) == offsetAfter) {
        case (true, false): return .one(withBefore)
        case (false, true): return .one(withAfter)
        case (true, true): return .two(earlier: withBefore, later: withAfter)
        case (false, false): return .none(before: withAfter, after: withBefore)
        }
    }

    /// The first instant of that civil day here: the earlier midnight where there are two, the first instant after the
    /// change where the clocks skip midnight.
    package func startOfDay(_ date: CivilDate) -> Instant {
        switch reading(of: LocalTime(date: date, secondOfDay: 0)) {
        case .one(let midnight): return midnight
        case .two(let earlier, _): return earlier
        case .none(let before, let after):
            let change = firstChange(
                after: before.seconds,
                by: after.seconds,
                from: offset(at: before)
            ) { offset(at: Instant(seconds: $0)) }
            return Instant(seconds: change)
        }
    }

    /// The last second of that civil day here: the one before the next day starts.
    package func endOfDay(_ date: CivilDate) -> Instant {
        startOfDay(date.adding(days: 1)).adding(seconds: -1)
    }
}
