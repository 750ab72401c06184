internal import CSV
internal import CivilTime
internal import CrisisCare

/// Writes the cells of rows as records of a CSV file, without a cell or a String between.
struct CellRecords: ~Copyable, CellSink {
    private var writer: CSVWriter
    private let zone: Zone
    private var dates = RecentDates()

    /// - Parameter waiting: bytes that are expected to wait until they are taken.
    init(columns: [Column], zone: Zone, waiting: Int) {
        writer = CSVWriter(to: .memory, columns: columns.map(\.key), writesHeader: false, waiting: waiting)
        self.zone = zone
    }

    /// Bytes that wait to be taken.
    var waiting: Int { writer.waiting }

    mutating func endRecord() throws { try writer.endRecord() }
    mutating func take() -> WrittenBytes { writer.takeRecords() }

    mutating func text(_ bytes: Span<UInt8>) { writer.text(bytes) }
    mutating func name(_ place: Int, of names: borrowing RecurringNames) { names.write(place, to: &writer) }

    mutating func caseNumber(year: Int, counter: Int) {
        writer.numbers(year, counter, digits: CaseNumber.digits)
    }

    mutating func int(_ value: Int) { writer.int(value) }
    mutating func tenths(_ value: Int) { writer.decimalTenths(value) }

    mutating func instant(_ value: Instant) {
        writer.words(zone.rfc3339Words(value, &dates), count: 25)
    }

    mutating func date(_ value: CivilDate) {
        let text = dates.words(value)
        writer.words((text.0, text.1, 0, 0), count: 10)
    }

    mutating func bool(_ value: Bool) {
        writer.words((value ? Self.yes : Self.no, 0, 0, 0), count: value ? 3 : 2)
    }

    mutating func empty() { writer.empty() }

    // As words, the first letter in the lowest byte.
    private static let yes: UInt64 = 0x73_65_79
    private static let no: UInt64 = 0x6F_6E
}
