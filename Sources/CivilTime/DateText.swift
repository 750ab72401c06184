// Dates as people type them: `2026-11-20`, or a word, or a number of days from today.

extension Zone {
    /// The date that a person means: `YYYY-MM-DD`, `today`, `yesterday`, `tomorrow`, `+3d`, `-2d`.
    package func parseDate(_ text: String, today: CivilDate) throws(TimeTextError) -> CivilDate {
        switch text {
        case "today": return today
        case "yesterday": return try Self.sum(today, -1)
        case "tomorrow": return try Self.sum(today, 1)
        default: break
        }
        if let date = CivilDate(text) { return date }
        guard let sign = text.utf8.first, sign == ASCII.plus || sign == ASCII.hyphen,
            text.utf8.last == UInt8(ascii: "d"), text.utf8.count >= 3
        else { throw .malformed }
        var days = 0
        for byte in text.utf8.dropFirst().dropLast() {
            let digit = byte &- ASCII.zero
            guard digit <= 9 else { throw .malformed }
            // No date is so many days from another: more digits change nothing, and must not overflow.
            days = min(days * 10 + Int(digit), Self.mostDays)
        }
        return try Self.sum(today, sign == ASCII.hyphen ? -days : days)
    }

    private static let mostDays = 10_000_000

    private static func sum(_ date: CivilDate, _ days: Int) throws(TimeTextError) -> CivilDate {
        let sum = date.adding(days: days)
        guard sum.days(since: date) == days else { throw .outOfRange }
        return sum
    }
}
