package import CivilTime

/// One value of a list or a detail, before it is rendered.
///
/// The case decides how each format writes it, so that a command states a value once.
package enum Cell: Hashable, Sendable {
    /// Free text that a person wrote: guarded against formulas in CSV, wrapped in tables.
    case text(String)
    /// A case number, a coded value, a login: written as it is.
    case code(String)
    case int(Int)
    /// A decimal with one digit, as its number of tenths: `-5` is -0.5.
    case tenths(Int)
    case instant(Instant)
    case date(CivilDate)
    case bool(Bool)
    /// What does not apply or is not known: `null` in JSON, empty elsewhere.
    case null

    /// The cell of a value that may be missing.
    package static func ifPresent<Value>(_ value: Value?, _ make: (Value) -> Cell) -> Cell {
        value.map(make) ?? .null
    }

    /// The digits of a decimal given in tenths.
    package static func decimal(tenths: Int) -> String {
        let magnitude = tenths.magnitude
        // The sign is written apart because -5 / 10 is 0, which has none.
        return "\(tenths < 0 ? "-" : "")\(magnitude / 10).\(magnitude % 10)"
    }
}
