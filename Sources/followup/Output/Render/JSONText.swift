internal import Reports
internal import CivilTime

/// Values as JSON (RFC 8259), appended to bytes.
struct JSONText {
    let zone: Zone

    func append(_ cell: Cell, to bytes: inout [UInt8]) {
        switch cell {
        case .text(let text), .code(let text): Self.append(text, to: &bytes)
        case .int(let value): bytes += String(value).utf8
        case .tenths(let value): bytes += Cell.decimal(tenths: value).utf8
        case .instant(let instant): bytes += "\"\(zone.rfc3339(instant))\"".utf8
        case .date(let date): bytes += "\"\(date)\"".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .null: bytes += "null".utf8
        }
    }

    /// One row of a list as an object on one line.
    func append(_ row: [Cell], _ columns: [Column], to bytes: inout [UInt8]) {
        bytes += "{".utf8
        for (index, (column, cell)) in zip(columns, row).enumerated() {
            if index > 0 { bytes += ",".utf8 }
            Self.append(column.key, to: &bytes)
            bytes += ":".utf8
            append(cell, to: &bytes)
        }
        bytes += "}".utf8
    }

    /// A list as an array with one row on a line.
    func append(_ listing: Listing, indent: String, to bytes: inout [UInt8]) {
        bytes += "[".utf8
        for (index, row) in listing.rows.enumerated() {
            bytes += "\(index > 0 ? "," : "")\n\(indent)  ".utf8
            append(row, listing.columns, to: &bytes)
        }
        bytes += (listing.rows.isEmpty ? "]" : "\n\(indent)]").utf8
    }

    /// A detail as an object with one member on a line.
    func append(_ detail: Detail, indent: String = "", to bytes: inout [UInt8]) {
        let inner = indent + "  "
        var isFirst = true
        func begin(_ key: String, _ bytes: inout [UInt8]) {
            bytes += "\(isFirst ? "" : ",")\n\(inner)".utf8
            Self.append(key, to: &bytes)
            bytes += ": ".utf8
            isFirst = false
        }
        bytes += "{".utf8
        for field in detail.fields {
            begin(field.column.key, &bytes)
            append(field.cell, to: &bytes)
        }
        for section in detail.sections {
            begin(section.key, &bytes)
            switch section.content {
            case .listing(let listing): append(listing, indent: inner, to: &bytes)
            case .detail(let detail): append(detail, indent: inner, to: &bytes)
            }
        }
        bytes += (isFirst ? "}" : "\n\(indent)}").utf8
    }

    /// A string in quotes.
    ///
    /// Beyond what RFC 8259 asks, everything that a terminal would obey is escaped too, and U+2028 and U+2029, which
    /// end a line in older JavaScript.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        defer { bytes.append(UInt8(ascii: "\"")) }
        if text.utf8.allSatisfy(isPlain) {
            bytes += text.utf8
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": bytes += "\\\"".utf8
            case "\\": bytes += "\\\\".utf8
            case "\n": bytes += "\\n".utf8
            case "\r": bytes += "\\r".utf8
            case "\t": bytes += "\\t".utf8
            case _ where VisibleText.isHidden(scalar):
                // All of them lie below U+10000: four digits are enough.
                let digits = String(scalar.value, radix: 16)
                bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
            default: bytes += scalar.utf8
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}
