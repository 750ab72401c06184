internal import CivilTime

/// Before and after of a change as a JSON object: `{"arrived_at":[null,1763650000]}`.
struct AuditDetail {
    private var members: [String] = []

    /// Says first which version of the record the change was made from.
    mutating func addVersion(after read: Int) {
        members.insert("\"version\":[\(read),\(read + 1)]", at: 0)
    }

    /// The version from which a change was made, of an object that `addVersion` began.
    static func versionBefore(of json: String) -> Int? {
        let start = "{\"version\":["
        guard json.hasPrefix(start) else { return nil }
        return Int(json.dropFirst(start.count).prefix { $0.isNumber })
    }

    mutating func add(_ field: String, from old: Int64?, to new: Int64?) {
        guard old != new else { return }
        add(field, old.map(String.init) ?? "null", new.map(String.init) ?? "null")
    }

    mutating func add(_ field: String, from old: Instant?, to new: Instant?) {
        add(field, from: old?.seconds, to: new?.seconds)
    }

    mutating func add(_ field: String, from old: Bool, to new: Bool) {
        guard old != new else { return }
        add(field, "\(old)", "\(new)")
    }

    mutating func add(_ field: String, from old: CivilDate?, to new: CivilDate?) {
        add(field, from: old?.description, to: new?.description)
    }

    mutating func add(_ field: String, from old: String?, to new: String?) {
        guard old != new else { return }
        add(field, old.map(Self.quoted) ?? "null", new.map(Self.quoted) ?? "null")
    }

    private mutating func add(_ field: String, _ old: String, _ new: String) {
        members.append("\(Self.quoted(field)):[\(old),\(new)]")
    }

    var isEmpty: Bool {
        members.isEmpty
    }

    /// The object, or nothing when nothing changed.
    var json: String {
        members.isEmpty ? "" : "{" + members.joined(separator: ",") + "}"
    }

    /// The names of the fields that an object of this form says were changed.
    static func fields(of json: String) -> [String] {
        var fields: [String] = []
        var text = ""
        var isInText = false
        var isEscaped = false
        var depth = 0
        for character in json {
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isInText = false
                    // Texts inside the brackets are values.
                    if depth == 0 { fields.append(text) }
                } else {
                    text.append(character)
                }
                continue
            }
            switch character {
            case "\"":
                isInText = true
                text = ""
            case "[": depth += 1
            case "]": depth -= 1
            default: break
            }
        }
        return fields
    }

    static func quoted(_ text: String) -> String {
        // Names of fields and dates, as most are, go as they stand.
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        if isPlain { return "\"\(text)\"" }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..<"\u{20}":
                let code = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
