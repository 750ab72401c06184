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
        // The form has no seconds in its offset, and old offsets had some (-4:56:02 in New York before 1883):
        // such an instant is written with whole minutes of offset, so that it reads back as the same instant.
        let offsetMinutes = offset(at: instant) / 60
        let local = LocalTime(secondsOnClock: instant.seconds + Int64(offsetMinutes * 60))
        local.date.appendText(to: &output)
        output.append(ASCII.letterT)
        output.append(twoDigits: local.hour)
        output.append(ASCII.colon)
        output.append(twoDigits: local.minute)
        output.append(ASCII.colon)
        output.append(twoDigits: local.second)
        output.append(offsetMinutes < 0 ? ASCII.hyphen : ASCII.plus)
        output.append(twoDigits: abs(offsetMinutes) / 60)
        output.append(ASCII.colon)
        output.append(twoDigits: abs(offsetMinutes) % 60)
    }

    /// Appends the 25 bytes of `rfc3339(_:)` to others.
    package func appendRFC3339(_ instant: Instant, to bytes: inout [UInt8]) {
        bytes.append(addingCapacity: 25) { appendRFC3339(instant, to: &$0) }
    }
}
