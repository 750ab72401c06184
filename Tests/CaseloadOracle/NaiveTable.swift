/// One CSV file, split and nothing more. A leading byte-order mark, CRLF and empty lines are accepted.
struct NaiveTable {
    let file: String
    private(set) var rows: [NaiveRow] = []

    init(file: String, text: String) throws {
        self.file = file
        var records = try Self.split(Array(text.utf8), file: file)
        guard !records.isEmpty else { throw NaiveError("\(file): the header is missing") }
        let header = records.removeFirst()
        var columns: [String: Int] = [:]
        for (index, name) in header.cells.enumerated() { columns[name] = index }
        for record in records {
            guard record.cells.count == header.cells.count else {
                throw NaiveError("\(file) line \(record.line): not as many cells as the header")
            }
            rows.append(NaiveRow(file: file, line: record.line, columns: columns, cells: record.cells))
        }
    }

    private struct Record {
        let line: Int
        var cells: [String] = []
    }

    private static func split(_ input: [UInt8], file: String) throws -> [Record] {
        let (quote, comma, newline, carriage) = (UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(10), UInt8(13))
        let bytes = input.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(input.dropFirst(3)) : input
        var records: [Record] = []
        var line = 1
        var record = Record(line: line)
        var cell: [UInt8] = []
        var quoted = false
        var sawQuote = false
        var index = 0
        func endCell() {
            record.cells.append(String(decoding: cell, as: UTF8.self))
            cell.removeAll(keepingCapacity: true)
        }
        func endRecord() {
            let isEmptyLine = record.cells.isEmpty && cell.isEmpty && !sawQuote
            if !isEmptyLine {
                endCell()
                records.append(record)
            }
            record = Record(line: line)
            sawQuote = false
        }
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            if byte == newline { line += 1 }
            if quoted {
                if byte != quote {
                    cell.append(byte)
                } else if next == quote {
                    cell.append(quote)
                    index += 1
                } else {
                    quoted = false
                }
            } else if byte == quote {
                quoted = true
                sawQuote = true
            } else if byte == comma {
                endCell()
            } else if byte == newline {
                endRecord()
            } else if !(byte == carriage && next == newline) {
                cell.append(byte)
            }
            index += 1
        }
        guard !quoted else { throw NaiveError("\(file) line \(record.line): a quote is not closed") }
        endRecord()
        return records
    }
}

/// One row; cells are asked for by the column's name.
struct NaiveRow {
    let file: String
    let line: Int
    let columns: [String: Int]
    let cells: [String]

    /// A code, a number or a date: exactly what stands in the file.
    func code(_ column: String) throws -> String {
        guard let index = columns[column] else { throw NaiveError("\(file): the column \(column) is missing") }
        return cells[index]
    }

    /// A text cell, without the apostrophe that guards against formulas.
    func text(_ column: String) throws -> String {
        NaiveGuard.removed(from: try code(column))
    }

    func day(_ column: String) throws -> Int? {
        let cell = try code(column)
        if cell.isEmpty { return nil }
        guard let day = NaiveParsing.day(cell) else { throw NaiveError("\(file) line \(line): \(column) is no date") }
        return day
    }

    func instant(_ column: String) throws -> Int64? {
        let cell = try code(column)
        if cell.isEmpty { return nil }
        guard let instant = NaiveParsing.instant(cell) else {
            throw NaiveError("\(file) line \(line): \(column) is no instant with an offset")
        }
        return instant
    }

    func requiredInstant(_ column: String) throws -> Int64 {
        guard let instant = try instant(column) else { throw NaiveError("\(file) line \(line): \(column) is empty") }
        return instant
    }
}
