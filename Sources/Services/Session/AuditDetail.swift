internal import CivilTime

/// Before and after of a change as a JSON object: `{"arrived_at":[null,1763650000]}`.
///
/// Its text is made when an entry takes it, so that a detail which no entry takes costs little.
struct AuditDetail {
    private struct Member {
        let field: String
        let old: Value
        let new: Value
    }

    private enum Value: Equatable {
        case nothing
        case number(Int64)
        case flag(Bool)
        case day(CivilDate)
        case text(String)
    }

    private var members: [Member] = []

    /// Says first which version of the record the change was made from.
    mutating func addVersion(after read: Int) {
        let version = Member(field: "version", old: .number(Int64(read)), new: .number(Int64(read + 1)))
        members.insert(version, at: 0)
    }

    /// The version from which a change was made, of an object that `addVersion` began.
    static func versionBefore(of json: String) -> Int? {
        let start = "{\"version\":["
        guard json.hasPrefix(start) else { return nil }
        return Int(json.dropFirst(start.count).prefix { $0.isNumber })
    }

    mutating func add(_ field: String, from old: Int64?, to new: Int64?) {
        add(field, old.map(Value.number), new.map(Value.number))
    }

    mutating func add(_ field: String, from old: Instant?, to new: Instant?) {
        add(field, from: old?.seconds, to: new?.seconds)
    }

    mutating func add(_ field: String, from old: Bool, to new: Bool) {
        add(field, .flag(old), .flag(new))
    }

    mutating func add(_ field: String, from old: CivilDate?, to new: CivilDate?) {
        add(field, old.map(Value.day), new.map(Value.day))
    }

    mutating func add(_ field: String, from old: String?, to new: String?) {
        add(field, old.map(Value.text), new.map(Value.text))
    }

    private mutating func add(_ field: String, _ old: Value?, _ new: Value?) {
        guard old != new else { return }
        members.append(Member(field: field, old: old ?? .nothing, new: new ?? .nothing))
    }

    var isEmpty: Bool {
        members.isEmpty
    }

    /// The object, or nothing when nothing changed.
    var json: String {
        guard !members.isEmpty else { return "" }
        var text = ""
        for member in members {
            text += text.isEmpty ? "{" : ","
            text += Self.quoted(member.field)
            text += ":["
            text += Self.json(member.old)
            text += ","
            text += Self.json(member.new)
            text += "]"
        }
        return text + "}"
    }

    private static func json(_ value: Value) -> String {
        switch value {
        case .nothing: "null"
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .day(let day): quoted(day.description)
        case .text(let text): quoted(text)
        }
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
