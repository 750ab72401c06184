internal import CivilTime

/// Where the cells of a row go, from left to right.
protocol CellSink: ~Copyable {
    /// Free text that a person wrote, as UTF-8.
    mutating func text(_ bytes: Span<UInt8>)
    /// A name that comes again in many rows.
    mutating func name(_ place: Int, of names: borrowing RecurringNames)
    mutating func caseNumber(year: Int, counter: Int)
    mutating func int(_ value: Int)
    mutating func tenths(_ value: Int)
    mutating func instant(_ value: Instant)
    mutating func date(_ value: CivilDate)
    mutating func bool(_ value: Bool)
    /// What does not apply or is not known.
    mutating func empty()
}

extension CellSink where Self: ~Copyable {
    mutating func int(_ value: Int?) {
        if let value { int(value) } else { empty() }
    }

    mutating func tenths(_ value: Int?) {
        if let value { tenths(value) } else { empty() }
    }

    mutating func instant(_ value: Instant?) {
        if let value { instant(value) } else { empty() }
    }

    mutating func date(_ value: CivilDate?) {
        if let value { date(value) } else { empty() }
    }

    mutating func bool(_ value: Bool?) {
        if let value { bool(value) } else { empty() }
    }
}
