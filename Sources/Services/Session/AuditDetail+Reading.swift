package import CivilTime

/// What an entry of the audit says was changed, read back from the object that `AuditDetail` wrote.
package struct RecordedDetail: Sendable {
    package struct Member: Sendable {
        package let field: String
        /// Before and after, as JSON values.
        var values: [String]
    }

    package private(set) var members: [Member] = []

    /// `nil` for a text that is no such object.
    package init?(_ json: String) {
        var reader = Reader(scalars: json.unicodeScalars[...])
        guard reader.take("{") else { return nil }
        repeat {
            guard let field = reader.text(), reader.take(":"), reader.take("["), let old = reader.value(),
                reader.take(","), let new = reader.value(), reader.take("]")
            else { return nil }
            members.append(Member(field: Self.unquoted(field), values: [old, new]))
        } while reader.take(",")
        guard reader.take("}"), reader.scalars.isEmpty else { return nil }
    }

    /// What a field was before; empty where it was nothing, `nil` where the field was not changed.
    package func before(_ field: String) -> String? {
        guard let old = members.first(where: { $0.field == field })?.values[0] else { return nil }
        return old == "null" ? "" : Self.unquoted(old)
    }

    /// What a field is afterwards; empty where it is nothing, `nil` where the field was not changed.
    package func after(_ field: String) -> String? {
        guard let new = members.first(where: { $0.field == field })?.values[1] else { return nil }
        return new == "null" ? "" : Self.unquoted(new)
    }

    /// The object with its instants as texts, in place of seconds since 1970.
    package func json(instants text: (Instant) -> String) -> String {
        let written = members.map { member in
            let isInstant = member.field == "at" || member.field.hasSuffix("_at")
            let values = member.values.map { value in
                isInstant ? Int64(value).map { "\"\(text(Instant(seconds: $0)))\"" } ?? value : value
            }
            return "\(AuditDetail.quoted(member.field)):[\(values.joined(separator: ","))]"
        }
        return "{" + written.joined(separator: ",") + "}"
    }

    /// A JSON string without its quotation marks and escapes; another value as it stands.
    private static func unquoted(_ json: String) -> String {
        guard json.unicodeScalars.first == "\"" else { return json }
        var text = String.UnicodeScalarView()
        var rest = json.unicodeScalars.dropFirst().dropLast()
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let escaped = rest.popFirst() else {
                text.append(scalar)
                continue
            }
            guard escaped == "u" else {
                text.append(escaped)
                continue
            }
            // `AuditDetail` writes control characters alone in this way.
            let code = UInt32(String(String.UnicodeScalarView(rest.prefix(4))), radix: 16)
            rest = rest.dropFirst(4)
            if let scalar = code.flatMap(Unicode.Scalar.init) { text.append(scalar) }
        }
        return String(text)
    }
}

/// Walks over the few forms of JSON that `AuditDetail` writes.
private struct Reader {
    var scalars: Substring.UnicodeScalarView

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard scalars.first == scalar else { return false }
        scalars.removeFirst()
        return true
    }

    /// A string, with its quotation marks.
    mutating func text() -> String? {
        guard scalars.first == "\"" else { return nil }
        var isEscaped = false
        for index in scalars.indices.dropFirst() {
            let scalar = scalars[index]
            if isEscaped {
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                let end = scalars.index(after: index)
                defer { scalars = scalars[end...] }
                return String(scalars[..<end])
            }
        }
        return nil
    }

    /// A string, a number, true, false or null.
    mutating func value() -> String? {
        if scalars.first == "\"" { return text() }
        let word = scalars.prefix { $0 != "," && $0 != "]" }
        scalars = scalars[word.endIndex...]
        return word.isEmpty ? nil : String(word)
    }
}
