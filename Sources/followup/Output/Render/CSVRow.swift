internal import Reports
internal import CSV
internal import CivilTime

extension CSVWriter {
    /// Writes a row of cells as one record.
    mutating func record(_ row: [Cell], zone: Zone) throws(CSVWriteError) {
        for cell in row {
            switch cell {
            case .text(let text): self.text(text)
            case .code(let code): self.code(code)
            case .int(let value): int(value)
            case .tenths(let value): decimalTenths(value)
            case .instant(let instant): words(zone.rfc3339Words(instant), count: 25)
            case .date(let date): words((date.textWords.0, date.textWords.1, 0, 0), count: 10)
            case .bool(let value): code(value ? "yes" : "no")
            case .null: empty()
            }
        }
        try endRecord()
    }
}
