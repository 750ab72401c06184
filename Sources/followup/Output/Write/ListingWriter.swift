internal import Reports
internal import CSV
internal import CivilTime

/// Writes a list in the format that was asked for, one row at a time.
///
/// CSV and JSON leave as they come, in constant memory; a table waits for its last row, which may be the widest.
final class ListingWriter {
    private let columns: [Column]
    private let format: OutputFormat
    private let sink: OutputSink
    private let presentation: Presentation
    private var csv: CSVWriter?
    private var table: Listing
    private var count = 0
    /// CSV for programs keeps every byte of a text; a terminal would obey some of them.
    private let isForEyes: Bool

    /// Begins the list.
    ///
    /// - Parameter byteOrderMark: begin a CSV file with one, for spreadsheets that need it.
    init(
        _ columns: [Column],
        as format: OutputFormat,
        to sink: OutputSink,
        presentation: Presentation,
        byteOrderMark: Bool = false
    ) throws {
        self.columns = columns
        self.format = format
        self.sink = sink
        self.presentation = presentation
        table = Listing(columns: columns)
        isForEyes = Terminal.isTerminal(sink.descriptor)
        switch format {
        case .table:
            break
        case .csv:
            // The CSV writer fills the descriptor by itself, unless what goes there is encrypted.
            try sink.flush()
            csv = CSVWriter(
                to: sink.isSealed ? .memory : .descriptor(sink.descriptor),
                columns: columns.map(\.key),
                byteOrderMark: byteOrderMark
            )
        case .json:
            try sink.write("[")
        }
    }

    /// Adds a row.
    ///
    /// - Throws: `Failure` with the status 74, or `ReaderGone`.
    func append(_ row: [Cell]) throws {
        // A shorter or longer row would put values under the wrong headings.
        precondition(row.count == columns.count, "a row needs one cell for each column")
        count += 1
        switch format {
        case .table:
            table.append(row)
        case .csv:
            let row = isForEyes ? row.map(Self.visible) : row
            do { try csv?.record(row, zone: presentation.zone) } catch { throw OutputSink.failure(code: error.errno) }
            if count.isMultiple(of: Self.rowsKept) { try drain() }
        case .json:
            var bytes: [UInt8] = Array((count > 1 ? ",\n  " : "\n  ").utf8)
            JSONText(zone: presentation.zone).append(row, columns, to: &bytes)
            try sink.write(bytes)
        }
    }

    /// Whether rows can come as records of a CSV file: where nobody looks at them as they come.
    var takesRecords: Bool { format == .csv && !isForEyes }

    /// Adds rows that have been written as records.
    ///
    /// - Throws: `Failure` with the status 74, or `ReaderGone`.
    func append(_ records: ExportedRecords) throws {
        count += records.rows
        do { try csv?.append(records.written) } catch { throw OutputSink.failure(code: error.errno) }
        try drain()
    }

    private static func visible(_ cell: Cell) -> Cell {
        guard case .text(let text) = cell else { return cell }
        return .text(VisibleText.message(text))
    }

    /// Rows of which a CSV file that is encrypted is kept in memory; arbitrary.
    private static let rowsKept = 500

    /// Hands on what the CSV writer could not write by itself.
    private func drain() throws {
        guard sink.isSealed, let bytes = csv?.takeBytes() else { return }
        try sink.write(bytes)
    }

    /// Ends the list. The sink is finished by its owner, once everything is written.
    ///
    /// - Parameters:
    ///   - console: where the note goes.
    ///   - whenEmpty: what to say to a person about a table without rows, such as `nothing overdue`.
    func end(console: Console, whenEmpty: String) throws {
        switch format {
        case .table where count == 0:
            console.note(whenEmpty)
        case .table:
            try sink.write(TableText(presentation: presentation).render(table))
        case .csv:
            do { try csv?.finish() } catch { throw OutputSink.failure(code: error.errno) }
            try drain()
        case .json:
            try sink.write(count == 0 ? "]\n" : "\n]\n")
        }
    }
}

extension Listing {
    /// Writes the whole list.
    func write(
        as format: OutputFormat,
        to sink: OutputSink,
        presentation: Presentation,
        console: Console,
        whenEmpty: String,
        byteOrderMark: Bool = false
    ) throws {
        let writer = try ListingWriter(
            columns,
            as: format,
            to: sink,
            presentation: presentation,
            byteOrderMark: byteOrderMark
        )
        for row in rows { try writer.append(row) }
        try writer.end(console: console, whenEmpty: whenEmpty)
    }
}

extension Detail {
    /// Writes the record: lines of heading and value, one CSV row of its fields, or one JSON object.
    func write(
        as format: OutputFormat,
        to sink: OutputSink,
        presentation: Presentation,
        console: Console
    ) throws {
        switch format {
        case .table:
            try sink.write(DetailText(presentation: presentation).render(self))
        case .csv:
            let listing = Listing(columns: fields.map(\.column), rows: [fields.map(\.cell)])
            try listing.write(as: .csv, to: sink, presentation: presentation, console: console, whenEmpty: "")
        case .json:
            var bytes: [UInt8] = []
            JSONText(zone: presentation.zone).append(self, to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
            try sink.write(bytes)
        }
    }
}
