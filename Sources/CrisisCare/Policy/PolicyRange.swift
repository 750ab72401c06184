extension Policy {
    /// Values that a setting of this name may have, where it has one at all: a slip of the keyboard lies outside.
    ///
    /// The ends are arbitrary; each is several times what any program is known to use.
    package static func range(of field: String) -> ClosedRange<Int> {
        switch field {
        case "arrival_minutes": 1...1_440
        case "arrival_allowance_minutes": 0...240
        case "deferred_response_hours", "first_contact_hours": 1...720
        case "oldest_age": 0...130
        case "attempts_before_unable_to_reach": 0...50
        case "extension_days", "phone_only_close_days": 0...366
        default: 1...366
        }
    }
}
