internal import CivilTime
internal import CrisisCare

/// Collects the cells of a row, for every format.
struct CellRow: CellSink {
    private(set) var cells: [Cell] = []

    mutating func removeAll() { cells.removeAll(keepingCapacity: true) }

    mutating func text(_ bytes: Span<UInt8>) {
        cells.append(.text(String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)))
    }

    mutating func name(_ place: Int, of names: borrowing RecurringNames) { cells.append(names.cell(place)) }

    mutating func caseNumber(year: Int, counter: Int) {
        cells.append(.code(CaseNumber(year: year, counter: Int64(counter)).description))
    }

    mutating func int(_ value: Int) { cells.append(.int(value)) }
    mutating func tenths(_ value: Int) { cells.append(.tenths(value)) }
    mutating func instant(_ value: Instant) { cells.append(.instant(value)) }
    mutating func date(_ value: CivilDate) { cells.append(.date(value)) }
    mutating func bool(_ value: Bool) { cells.append(.bool(value)) }
    mutating func empty() { cells.append(.null) }
}
