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

    /// What `write` appends, at most so many bytes that need neither quotes nor a guard, such as a date.
    package mutating func plain(atMost most: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
        beginCell()
        buffer.append(atMost: most, write)
    }

    /// A cell as a writer has written it before.
    package mutating func written(_ bytes: Span<UInt8>) {
        beginCell()
        buffer.append(bytes)
    }

    /// What does not apply or is not known.
    package mutating func empty() {
        beginCell()
    }

    package mutating func int(_ value: Int) {
        beginCell()
        buffer.append(number: value)
    }

    /// Tenths with one decimal: 123 is written `12.3`, -3 is `-0.3`.
    package mutating func decimalTenths(_ tenths: Int) {
        beginCell()
        if tenths < 0, tenths > -10 { buffer.append(UInt8(ascii: "-")) }
        buffer.append(number: tenths / 10)
        buffer.append(UInt8(ascii: "."))
        buffer.append(UInt8(ascii: "0") + UInt8((tenths % 10).magnitude))
    }

    /// The bytes of one cell, for `written`: of a text when it is guarded, else of a code.
    package static func cell(_ string: String, isText: Bool) -> [UInt8] {
        var writer = CSVWriter(to: .memory, columns: [""], writesHeader: false)
        if isText { writer.text(string) } else { writer.code(string) }
        return writer.buffer.take()
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
