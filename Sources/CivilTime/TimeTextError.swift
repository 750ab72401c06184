/// Why a text names no instant or date. Holds times, never the text.
package enum TimeTextError: Error, Hashable, Sendable {
    /// Not one of the forms that are read, or a day or time that no calendar or clock has.
    case malformed
    /// The clocks went back, and this time came twice.
    case ambiguous(local: LocalTime, earlier: Instant, later: Instant)
    /// The clocks went forward past this time. `before` and `after` as in `LocalReading.none`.
    case nonexistent(local: LocalTime, before: Instant, after: Instant)
    /// Well formed, and beyond the years that are kept (1 ... 9999).
    case outOfRange
}

extension TimeTextError: CustomStringConvertible {
    /// What is wrong, without any time in it: fit for logs.
    package var description: String {
        switch self {
        case .malformed: "not a date or time that can be read"
        case .ambiguous: "the clocks went back and this time came twice"
        case .nonexistent: "the clocks went forward and this time never came"
        case .outOfRange: "too far from today"
        }
    }
}

extension Zone {
    /// What is wrong and what to write instead, for the person who typed the time; both readings where there are two.
    package func explanation(of error: TimeTextError) -> String {
        switch error {
        case .malformed:
            "This is not a date or time that can be read. Write a time as 2026-11-20T14:05, a date as 2026-11-20."
        case .ambiguous(_, let earlier, let later):
            "The clocks went back and this time came twice. Write which one: \(rfc3339(earlier)) or \(rfc3339(later))."
        case .nonexistent(_, let before, let after):
            "The clocks went forward and this time never came. "
                + "Look at the record again; near it are \(rfc3339(before)) and \(rfc3339(after))."
        case .outOfRange:
            "This date or time is too far away. Check the year."
        }
    }
}
