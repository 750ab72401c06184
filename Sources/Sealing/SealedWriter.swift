internal import CSodium

/// Seals bytes with a passphrase as they come, in constant memory.
///
///     let writer = try SealedWriter(passphrase) { try write($0) }
///     try writer.write(bytes)
///     try writer.finish()
///
/// Without `finish` the result is no sealed file: it is refused like one that was cut short.
package final class SealedWriter {
    private let stream: SealStream
    private let output: ([UInt8]) throws -> Void
    private var pending: [UInt8] = []
    private var isFinished = false

    /// Begins a sealed file; the header is handed on at once.
    ///
    /// - Parameters:
    ///   - output: takes the sealed bytes in their order, about 64 kB at a time; what it throws passes through.
    /// - Throws: `SealingError.outOfMemory` or `.unavailable`.
    package init(
        _ passphrase: Passphrase,
        cost: SealCost = .standard,
        output: @escaping ([UInt8]) throws -> Void
    ) throws {
        guard sodium_init() >= 0 else { throw SealingError.unavailable }
        var salt = [UInt8](repeating: 0, count: SealHeader.saltBytes)
        unsafe randombytes_buf(&salt, SealHeader.saltBytes)
        let keys = try SealKeys(passphrase, salt: salt, cost)
        let (stream, streamHeader) = try SealStream.beginning(keys)
        let header = SealHeader(cost: cost, salt: salt, stream: streamHeader)
        self.stream = stream
        self.output = output
        pending.reserveCapacity(SealStream.chunkBytes)
        try output(header.signed + keys.tag(of: header))
    }

    /// Seals bytes; what does not fill a chunk waits for the next call.
    package func write(_ bytes: [UInt8]) throws {
        precondition(!isFinished, "nothing is written after the end")
        var rest = bytes[...]
        // A full chunk waits too: only `finish` knows that nothing follows it, and then it is the last.
        while pending.count + rest.count > SealStream.chunkBytes {
            let taken = rest.prefix(SealStream.chunkBytes - pending.count)
            pending += taken
            rest = rest.dropFirst(taken.count)
            try output(stream.seal(pending, isLast: false))
            pending.removeAll(keepingCapacity: true)
        }
        pending += rest
    }

    /// Seals what is left and marks it as the end.
    package func finish() throws {
        precondition(!isFinished, "a file ends once")
        isFinished = true
        try output(stream.seal(pending, isLast: true))
        pending = []
    }
}
