/// One SQL statement: text that stands in the source code, and values that become numbered parameters.
///
/// A run-time `String` cannot become SQL: literals are taken as `StaticString` only, and every interpolated value
/// turns into `?1`, `?2` … in the order of appearance. Another `SQL` value may be interpolated as a fragment.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    enum Value: Sendable {
        case null
        case integer(Int64)
        case text(String)
        case blob([UInt8])
    }

    /// A piece of text and what stands before it: a parameter, or nothing where two fragments meet.
    struct Part: Sendable {
        let value: Value?
        var literal: StaticString
    }

    let head: StaticString
    let parts: [Part]

    /// A hash of the addresses of the pieces, cheap enough for every execution of a hot insert.
    let fingerprint: UInt

    package init(stringLiteral literal: StaticString) {
        head = literal
        parts = []
        fingerprint = SQL.mix(0, literal)
    }

    package init(stringInterpolation pieces: StringInterpolation) {
        head = pieces.head
        parts = pieces.parts
        var hash = SQL.mix(0, pieces.head)
        for part in pieces.parts { hash = SQL.mix(hash, part.literal) }
        fingerprint = hash
    }

    /// The text that SQLite compiles and that errors show. It holds no value.
    var text: String {
        var result = head.description
        var number = 0
        for part in parts {
            if part.value != nil {
                number += 1
                result += "?\(number)"
            }
            result += part.literal.description
        }
        return result
    }

    private static func mix(_ hash: UInt, _ literal: StaticString) -> UInt {
        // The multiplier is the golden ratio in 64 bits: it spreads addresses that differ in a few low bits.
        unsafe (hash ^ UInt(bitPattern: literal.utf8Start)) &* 0x9E37_79B9_7F4A_7C15
    }
}

// Printed, logged or dumped, it shows no value.
extension SQL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { text }
    package var debugDescription: String { text }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension SQL {
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var head: StaticString = ""
        fileprivate var parts: [Part] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            if literal.utf8CodeUnitCount == 0 { return }
            if parts.isEmpty && head.utf8CodeUnitCount == 0 {
                head = literal
            } else if let last = parts.indices.last, parts[last].literal.utf8CodeUnitCount == 0 {
                parts[last].literal = literal
            } else {
                parts.append(Part(value: nil, literal: literal))
            }
        }

        package mutating func appendInterpolation(_ value: Int64) { append(.integer(value)) }
        package mutating func appendInterpolation(_ value: Int) { append(.integer(Int64(value))) }
        package mutating func appendInterpolation(_ value: Bool) { append(.integer(value ? 1 : 0)) }
        package mutating func appendInterpolation(_ value: String) { append(.text(value)) }
        package mutating func appendInterpolation(_ value: [UInt8]) { append(.blob(value)) }
        package mutating func appendInterpolation(_ value: Int64?) { append(value.map { .integer($0) } ?? .null) }
        package mutating func appendInterpolation(_ value: Int?) { append(value.map { .integer(Int64($0)) } ?? .null) }
        package mutating func appendInterpolation(_ value: Bool?) {
            append(value.map { .integer($0 ? 1 : 0) } ?? .null)
        }
        package mutating func appendInterpolation(_ value: String?) { append(value.map { .text($0) } ?? .null) }
        package mutating func appendInterpolation(_ value: [UInt8]?) { append(value.map { .blob($0) } ?? .null) }

        /// A fragment, such as an optional condition; its values are numbered with the others.
        package mutating func appendInterpolation(_ fragment: SQL) {
            appendLiteral(fragment.head)
            parts += fragment.parts
        }

        private mutating func append(_ value: Value) {
            parts.append(Part(value: value, literal: ""))
        }
    }
}
