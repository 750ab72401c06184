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

    /// The first bytes of four words, of each the lowest byte first: what is short and needs neither quotes nor a guard,
    /// such as a date, or has them.
    package mutating func words(_ words: (UInt64, UInt64, UInt64, UInt64), count: Int) {
        beginCell()
        buffer.put(words, count: count)
        buffer.keepRoom()
    }

    /// Two numbers without their signs and a hyphen between them, the second with zeros in front up to so many digits.
    package mutating func numbers(_ first: Int, _ second: Int, digits: Int) {
        beginCell()
        buffer.put(first.magnitude)
        buffer.put(UInt8(ascii: "-"))
        buffer.put(second.magnitude, digits: digits)
        buffer.keepRoom()
    }

    /// A cell as a writer has written it before.
    package mutating func written(_ bytes: Span<UInt8>) {
        beginCell()
        buffer.append(bytes)
    }

    /// What does not apply or is not known.
    package mutating func empty() {
        beginCell()
        buffer.keepRoom()
    }

    package mutating func int(_ value: Int) {
        beginCell()
        // Counts, as most are.
        if 0..<10 ~= value {
            buffer.put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value))
            return buffer.keepRoom()
        }
        if value < 0 { buffer.put(UInt8(ascii: "-")) }
        buffer.put(value.magnitude)
        buffer.keepRoom()
    }

    /// Tenths with one decimal: 123 is written `12.3`, -3 is `-0.3`.
    package mutating func decimalTenths(_ tenths: Int) {
        beginCell()
        if tenths < 0 { buffer.put(UInt8(ascii: "-")) }
        let (whole, tenth) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        buffer.put(whole)
        buffer.put(UInt8(ascii: "."))
        buffer.put(tenth)
        buffer.keepRoom()
    }

    /// The bytes of one cell, for `written`: of a text when it is guarded, else of a code.
    package static func cell(_ string: String, isText: Bool) -> [UInt8] {
        var writer = CSVWriter(to: .memory, columns: [""], writesHeader: false)
        if isText { writer.text(string) } else { writer.code(string) }
        return writer.buffer.take().array
    }

    private mutating func append(_ bytes: Span<UInt8>, isGuarded: Bool) {
        // A guard is a plain byte in front: what it guards may need quotes, and they come before it.
        if !isGuarded, buffer.appendUnquoted(bytes) { return }
        let isQuoted = Self.needsQuotes(bytes)
        if isQuoted { buffer.append(Byte.quote) }
        if isGuarded { buffer.append(Byte.apostrophe) }
        guard isQuoted else { return buffer.append(bytes) }
        for index in bytes.indices {
            if bytes[index] == Byte.quote { buffer.append(Byte.quote) }
            buffer.append(bytes[index])
        }
        buffer.append(Byte.quote)
    }

    /// RFC 4180 asks for quotes around commas, quotes and line ends; spaces at either end get them too,
    /// because many programs cut those off outside quotes.
    private static func needsQuotes(_ bytes: Span<UInt8>) -> Bool {
        guard !bytes.isEmpty else { return false }
        if Byte.isBlank(bytes[0]) || Byte.isBlank(bytes[bytes.count - 1]) { return true }
        for index in bytes.indices where Byte.needsQuotes(bytes[index]) { return true }
        return false
    }
}
