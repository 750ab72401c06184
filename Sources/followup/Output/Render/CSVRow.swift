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
            case .instant(let instant): plain(atMost: 25) { zone.appendRFC3339(instant, to: &$0) }
            case .date(let date): plain(atMost: 10) { date.appendText(to: &$0) }
            case .bool(let value): code(value ? "yes" : "no")
            case .null: empty()
            }
        }
        try endRecord()
    }
}
