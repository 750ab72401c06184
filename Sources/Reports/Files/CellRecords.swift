internal import CSV
internal import CivilTime
internal import CrisisCare

/// Writes the cells of rows as records of a CSV file, without a cell or a String between.
struct CellRecords: ~Copyable, CellSink {
    private var writer: CSVWriter
    private let zone: Zone

    init(columns: [Column], zone: Zone) {
        writer = CSVWriter(to: .memory, columns: columns.map(\.key), writesHeader: false)
        self.zone = zone
    }

    /// Bytes that wait to be taken.
    var waiting: Int { writer.waiting }

    mutating func endRecord() throws { try writer.endRecord() }
    mutating func take() -> [UInt8] { writer.takeBytes() }

    mutating func text(_ bytes: Span<UInt8>) { writer.text(bytes) }
    mutating func name(_ place: Int, of names: borrowing RecurringNames) { names.write(place, to: &writer) }

    mutating func caseNumber(year: Int, counter: Int) {
        writer.plain(atMost: 2 * 20 + 1) { output in
            output.append(number: year, digits: 1)
            output.append(UInt8(ascii: "-"))
            output.append(number: counter, digits: CaseNumber.digits)
        }
    }

    mutating func int(_ value: Int) { writer.int(value) }
    mutating func tenths(_ value: Int) { writer.decimalTenths(value) }

    mutating func instant(_ value: Instant) {
        writer.plain(atMost: 25) { zone.appendRFC3339(value, to: &$0) }
    }

    mutating func date(_ value: CivilDate) {
        writer.plain(atMost: 10) { value.appendText(to: &$0) }
    }

    mutating func bool(_ value: Bool) {
        writer.plain(atMost: 3) { output in
            output.append(value ? UInt8(ascii: "y") : UInt8(ascii: "n"))
            output.append(value ? UInt8(ascii: "e") : UInt8(ascii: "o"))
            if value { output.append(UInt8(ascii: "s")) }
        }
    }

    mutating func empty() { writer.empty() }
}

extension OutputSpan<UInt8> {
    /// The digits of a number without its sign, with zeros in front up to so many.
    fileprivate mutating func append(number: Int, digits: Int) {
        let magnitude = number.magnitude
        var power: UInt = 1
        for _ in 1..<digits { power *= 10 }
        while magnitude / 10 >= power { power *= 10 }
        while power > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude / power % 10))
            power /= 10
        }
    }
}
