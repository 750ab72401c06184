/// Opens what `SealedWriter` sealed, chunk by chunk, in constant memory.
///
/// Every chunk that is handed out is what was sealed. Only when `next` has returned nil is it known that all of it was
/// there: a caller keeps what it made of the chunks only then.
package final class SealedReader {
    private let input: (_ most: Int) throws -> [UInt8]
    private let stream: SealStream
    private var isAtEnd = false

    /// Bytes by which a sealed file is known.
    package static var magic: [UInt8] { SealHeader.magic }

    /// Reads the header and derives the key.
    ///
    /// - Parameters:
    ///   - input: the next bytes of the file, at most so many; none at its end. What it throws passes through.
    /// - Throws: `SealingError`.
    package init(_ passphrase: Passphrase, input: @escaping (_ most: Int) throws -> [UInt8]) throws {
        self.input = input
        let bytes = try Self.fill(SealHeader.bytes, from: input)
        let header = try SealHeader(parsing: bytes)
        let keys = try SealKeys(passphrase, salt: header.salt, header.cost)
        guard keys.sign(header, as: Array(bytes[SealHeader.signedBytes...])) else {
            throw SealingError.wrongPassphraseOrDamaged
        }
        stream = try SealStream(keys, header: header.stream)
    }

    /// The next bytes of what was sealed; nil when all of it has been handed out and was whole.
    ///
    /// - Throws: `SealingError.damaged`.
    package func next() throws -> [UInt8]? {
        guard !isAtEnd else { return nil }
        let sealed = try Self.fill(SealStream.chunkBytes + SealStream.addedBytes, from: input)
        guard let (text, isLast) = stream.open(sealed) else { throw SealingError.damaged }
        if isLast {
            guard try input(1).isEmpty else { throw SealingError.damaged }
            isAtEnd = true
        }
        return text
    }

    /// So many bytes, or all that are left.
    private static func fill(_ count: Int, from input: (Int) throws -> [UInt8]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            let more = try input(count - bytes.count)
            guard !more.isEmpty else { break }
            bytes += more
        }
        return bytes
    }
}
