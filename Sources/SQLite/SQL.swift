/// One SQL statement: text that stands in the source code, and values that become numbered parameters.
///
/// A run-time `String` cannot become SQL: literals are taken as `StaticString` only, and every interpolated value
/// turns into `?1`, `?2` … in the order of appearance. Another `SQL` value may be interpolated as a fragment.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// A parameter's value; texts and blobs stand in `bytes`, `count` of them from `start`.
    ///
    /// No String and no array in it: to build and to destroy a statement must cost little in a bulk insert.
    enum Value: Sendable {
        case null
        case integer(Int64)
        case text(start: Int, count: Int)
        case blob(start: Int, count: Int)
    }

    /// A piece of text and what follows it: a parameter, or nothing where two fragments meet.
    struct Part: Sendable {
        let literal: StaticString
        let value: Value?
    }

    let parts: [Part]

    /// The text after the last parameter.
    let tail: StaticString

    /// The texts and blobs, one after the other.
    let bytes: [UInt8]

    /// A hash of the addresses of the pieces, cheap enough for every execution of a hot insert.
    let fingerprint: UInt

    package init(stringLiteral literal: StaticString) {
        parts = []
        tail = literal
        bytes = []
        fingerprint = SQL.mix(0, literal)
    }

    package init(stringInterpolation pieces: StringInterpolation) {
        parts = pieces.parts
        tail = pieces.tail
        bytes = pieces.bytes
        fingerprint = SQL.mix(pieces.fingerprint, pieces.tail)
    }

    /// The text that SQLite compiles and that errors show. It holds no value.
    var text: String {
        var result = ""
        var number = 0
        for part in parts {
            result += part.literal.description
            if part.value != nil {
                number += 1
                result += "?\(number)"
            }
        }
        return result + tail.description
    }

    fileprivate static func mix(_ hash: UInt, _ literal: StaticString) -> UInt {
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
        fileprivate var parts: [Part] = []
        fileprivate var tail: StaticString = ""
        fileprivate var bytes: [UInt8] = []
        fileprivate var fingerprint: UInt = 0

        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            if tail.utf8CodeUnitCount > 0 { append(nil) }
            tail = literal
        }

        package mutating func appendInterpolation(_ value: Int64) { append(.integer(value)) }
        package mutating func appendInterpolation(_ value: Int) { append(.integer(Int64(value))) }
        package mutating func appendInterpolation(_ value: Bool) { append(.integer(value ? 1 : 0)) }

        package mutating func appendInterpolation(_ value: String) {
            let start = bytes.count
            // Room for the other values at once: 32 bytes each is arbitrary.
            if start == 0 { bytes.reserveCapacity(value.utf8.count + 32 * parts.capacity) }
            var value = value
            value.withUTF8 { unsafe bytes.append(contentsOf: $0) }
            append(.text(start: start, count: bytes.count - start))
        }

        package mutating func appendInterpolation(_ value: [UInt8]) {
            append(.blob(start: bytes.count, count: value.count))
            bytes += value
        }

        package mutating func appendInterpolation(_ value: Int64?) {
            if let value { appendInterpolation(value) } else { append(.null) }
        }

        package mutating func appendInterpolation(_ value: Int?) {
            if let value { appendInterpolation(value) } else { append(.null) }
        }

        package mutating func appendInterpolation(_ value: Bool?) {
            if let value { appendInterpolation(value) } else { append(.null) }
        }

        package mutating func appendInterpolation(_ value: String?) {
            if let value { appendInterpolation(value) } else { append(.null) }
        }

        package mutating func appendInterpolation(_ value: [UInt8]?) {
            if let value { appendInterpolation(value) } else { append(.null) }
        }

        /// A fragment, such as an optional condition; its values are numbered with the others.
        package mutating func appendInterpolation(_ fragment: SQL) {
            let shift = bytes.count
            bytes += fragment.bytes
            for part in fragment.parts {
                appendLiteral(part.literal)
                switch part.value {
                case .text(let start, let count): append(.text(start: start + shift, count: count))
                case .blob(let start, let count): append(.blob(start: start + shift, count: count))
                case .integer, .null, nil: append(part.value)
                }
            }
            appendLiteral(fragment.tail)
        }

        private mutating func append(_ value: Value?) {
            fingerprint = SQL.mix(fingerprint, tail)
            parts.append(Part(literal: tail, value: value))
            tail = ""
        }
    }
}
