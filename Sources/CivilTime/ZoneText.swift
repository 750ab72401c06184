// RFC 3339 with the zone's offset: the form in which people and programs get every instant.

extension Zone {
    /// `2026-11-20T14:05:00-05:00`.
    package func rfc3339(_ instant: Instant) -> String {
        var bytes: [UInt8] = []
        appendRFC3339(instant, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the 25 bytes of `rfc3339(_:)` without making a String, for writers of many instants.
    package func appendRFC3339(_ instant: Instant, to output: inout OutputSpan<UInt8>) {
        let words = rfc3339Words(instant)
        output.append(words.0, count: 8)
        output.append(words.1, count: 8)
        output.append(words.2, count: 8)
        output.append(words.3, count: 1)
    }

    /// The 25 bytes of `rfc3339(_:)` in four words, of each the lowest byte first.
    package func rfc3339Words(_ instant: Instant) -> (UInt64, UInt64, UInt64, UInt64) {
        rfc3339Words(instant) { $0.textWords }
    }

    /// The same for writers of many, who keep the texts of the days.
    package func rfc3339Words(_ instant: Instant, _ dates: inout RecentDates) -> (UInt64, UInt64, UInt64, UInt64) {
        rfc3339Words(instant) { dates.words($0) }
    }

    @inline(__always)
    private func rfc3339Words(
        _ instant: Instant,
        _ words: (CivilDate) -> (UInt64, UInt64)
    ) -> (UInt64, UInt64, UInt64, UInt64) {
        // The form has no seconds in its offset, and old offsets had some (-4:56:02 in New York before 1883):
        // such an instant is written with whole minutes of offset, so that it reads back as the same instant.
        let offsetMinutes = offset(at: instant) / 60
        let local = LocalTime(secondsOnClock: instant.seconds + Int64(offsetMinutes * 60))
        let (hoursEast, minutesPastHour) = offsetMinutes.magnitude.quotientAndRemainder(dividingBy: 60)
        let (date, dayOfMonth) = words(local.date)
        let (hour, secondOfHour) = local.secondOfDay.quotientAndRemainder(dividingBy: 3_600)
        let minutesEast = ASCII.twoDigits(Int(minutesPastHour))
        let colon = UInt64(ASCII.colon)
        let timeOfDay =
            dayOfMonth | UInt64(ASCII.letterT) << 16 | ASCII.twoDigits(hour) << 24 | colon << 40
            | ASCII.twoDigits(secondOfHour / 60) << 48
        let offset =
            colon | ASCII.twoDigits(secondOfHour % 60) << 8
            | UInt64(offsetMinutes < 0 ? ASCII.hyphen : ASCII.plus) << 24 | ASCII.twoDigits(Int(hoursEast)) << 32
            | colon << 48 | minutesEast << 56
        return (date, timeOfDay, offset, minutesEast >> 8)
    }

    /// Appends the 25 bytes of `rfc3339(_:)` to others.
    package func appendRFC3339(_ instant: Instant, to bytes: inout [UInt8]) {
        bytes.append(addingCapacity: 25) { appendRFC3339(instant, to: &$0) }
    }
}
