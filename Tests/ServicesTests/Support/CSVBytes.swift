import CSV
import CivilTime
import Reports

/// The file that an export of these rows is: text is guarded against formulas, codes, numbers and dates are not.
func csvBytes(_ columns: [String], _ rows: [[Cell]], zone: Zone) throws -> [UInt8] {
    var writer = CSVWriter(to: .memory, columns: columns)
    for row in rows {
        for cell in row {
            switch cell {
            case .text(let text): writer.text(text)
            case .code(let code): writer.code(code)
            case .int(let number): writer.int(number)
            case .tenths(let tenths): writer.decimalTenths(tenths)
            case .instant(let instant): writer.code(zone.rfc3339(instant))
            case .date(let date): writer.code(date.description)
            case .bool(let flag): writer.code(flag ? "yes" : "no")
            case .null: writer.empty()
            }
        }
        try writer.endRecord()
    }
    try writer.finish()
    return writer.takeBytes()
}
