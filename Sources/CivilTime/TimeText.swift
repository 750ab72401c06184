// Times as people and files write them: `2026-11-20T14:05`, seconds and offset optional, a space for the T.

extension Zone {
    /// The instant that a person means by `text`: a time as in `parse(utf8:)`, or `now`.
    package func parse(_ text: String, now: Instant) throws(TimeTextError) -> Instant {
        if text == "now" { return now }
        return try parse(utf8: text.utf8.span)
    }

    /// The instant of `YYYY-MM-DDTHH:MM`, with or without `:SS`, with or without an offset (`Z`, `-05:00`).
    ///
    /// The offset wins; without one the time is local to the zone, and refused when the clocks skipped it or it came
    /// twice. A space may stand for the `T`, and `t` and `z` for the capitals (RFC 3339, section 5.6). Fractions of a
    /// second, 24:00 and leap seconds (:60) are refused: no entry of the practice has them.
    package func parse(utf8 bytes: Span<UInt8>) throws(TimeTextError) -> Instant {
        guard bytes.count >= 16, bytes.count <= 25, bytes[13] == ASCII.colon,
            bytes[10] == ASCII.space || bytes[10] & ~ASCII.lowerCaseBit == ASCII.letterT,
            let date = CivilDate(utf8Prefix: bytes),
            let hour = bytes.twoDigits(at: 11), let minute = bytes.twoDigits(at: 14)
        else { throw .malformed }
        var end = 16
        var second = 0
        if bytes.count >= 19, bytes[16] == ASCII.colon {
            guard let seconds = bytes.twoDigits(at: 17) else { throw .malformed }
            second = seconds
            end = 19
        }
        guard let local = LocalTime(date: date, hour: hour, minute: minute, second: second) else { throw .malformed }
        if end == bytes.count { return try onlyInstant(of: local) }
        guard let offset = bytes.offset(from: end) else { throw .malformed }
        return try kept(local.secondsOnClock - Int64(offset))
    }

    private func onlyInstant(of local: LocalTime) throws(TimeTextError) -> Instant {
        switch reading(of: local) {
        case .one(let instant):
            // At the ends of the calendar an instant is moved into the range that is kept.
            guard self.local(instant) == local else { throw .outOfRange }
            return instant
        case .two(let earlier, let later):
            throw .ambiguous(local: local, earlier: earlier, later: later)
        case .none(let before, let after):
            throw .nonexistent(local: local, before: before, after: after)
        }
    }

    private func kept(_ seconds: Int64) throws(TimeTextError) -> Instant {
        let instant = Instant(seconds: seconds)
        guard instant.seconds == seconds else { throw .outOfRange }
        return instant
    }
}

extension Span<UInt8> {
    /// Seconds east of UTC that `Z`, `+HH:MM` or `-HH:MM` name, when that is all that is left from `start`.
    fileprivate func offset(from start: Int) -> Int? {
        if count == start + 1, self[start] & ~ASCII.lowerCaseBit == ASCII.letterZ { return 0 }
        guard count == start + 6, self[start + 3] == ASCII.colon,
            self[start] == ASCII.plus || self[start] == ASCII.hyphen,
            let hours = twoDigits(at: start + 1), let minutes = twoDigits(at: start + 4), hours <= 23, minutes <= 59
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        return self[start] == ASCII.hyphen ? -seconds : seconds
    }
}
