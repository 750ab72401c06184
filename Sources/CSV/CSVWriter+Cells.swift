extension CSVWriter {
    /// What a person has written: guarded against being run as a formula, quoted when needed.
    package mutating func text(_ string: String) {
        text(string.utf8.span)
    }

    /// What a person has written, as UTF-8. A NUL or bytes that are not UTF-8 would make a file that no reader accepts.
    package mutating func text(_ bytes: Span<UInt8>) {
        beginCell()
        append(bytes, isGuarded: FormulaGuard.needsGuard(bytes))
    }

    /// A number, a date or a code of this program: quoted when needed, never guarded.
    package mutating func code(_ string: String) {
        code(string.utf8.span)
    }

    package mutating func code(_ bytes: Span<UInt8>) {
        beginCell()
        append(bytes, isGuarded: false)
    }

    /// What `write` appends: bytes that need neither quotes nor a guard, such as a date.
    package mutating func plain(_ write: (inout [UInt8]) -> Void) {
        beginCell()
        write(&buffer)
    }

    /// What does not apply or is not known.
    package mutating func empty() {
        beginCell()
    }

    package mutating func int(_ value: Int) {
        beginCell()
        appendDigits(value)
    }

    /// Tenths with one decimal: 123 is written `12.3`, -3 is `-0.3`.
    package mutating func decimalTenths(_ tenths: Int) {
        beginCell()
        if tenths < 0, tenths > -10 { buffer.append(UInt8(ascii: "-")) }
        appendDigits(tenths / 10)
        buffer.append(UInt8(ascii: "."))
        buffer.append(UInt8(ascii: "0") + UInt8((tenths % 10).magnitude))
    }

    private mutating func append(_ bytes: Span<UInt8>, isGuarded: Bool) {
        let isQuoted = Self.needsQuotes(bytes)
        if isQuoted { buffer.append(Byte.quote) }
        if isGuarded { buffer.append(Byte.apostrophe) }
        if isQuoted {
            for index in bytes.indices {
                if bytes[index] == Byte.quote { buffer.append(Byte.quote) }
                buffer.append(bytes[index])
            }
            buffer.append(Byte.quote)
        } else {
            unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
        }
    }

    /// RFC 4180 asks for quotes around commas, quotes and line ends; spaces at either end get them too,
    /// because many programs cut those off outside quotes.
    private static func needsQuotes(_ bytes: Span<UInt8>) -> Bool {
        guard !bytes.isEmpty else { return false }
        for end in [0, bytes.count - 1] where bytes[end] == Byte.space || bytes[end] == Byte.tab { return true }
        for index in bytes.indices where !Byte.isPlain(bytes[index]) {
            switch bytes[index] {
            case Byte.comma, Byte.quote, Byte.carriageReturn, Byte.lineFeed: return true
            default: continue
            }
        }
        return false
    }

    private mutating func appendDigits(_ value: Int) {
        if value < 0 { buffer.append(UInt8(ascii: "-")) }
        let start = buffer.count
        var rest = value.magnitude
        repeat {
            buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        buffer[start...].reverse()
    }
}
