internal import CSodium

/// The cipher of a sealed file, chunk by chunk: XChaCha20-Poly1305 as libsodium's secretstream.
///
/// Each chunk is bound to all before it, so that one left out, doubled or moved does not open. The state holds the key
/// and is wiped when let go.
final class SealStream {
    /// Bytes of text in every chunk but the last, which may have fewer: 64 kB, arbitrary.
    static let chunkBytes = 64 << 10
    /// What sealing adds to a chunk: its tag and its authenticator.
    static let addedBytes = 17

    private let secret: SecretBytes

    /// Begins a stream and returns the header that whoever opens it needs.
    static func beginning(_ keys: SealKeys) throws(SealingError) -> (SealStream, header: [UInt8]) {
        let stream = try SealStream()
        var header = [UInt8](repeating: 0, count: SealHeader.streamBytes)
        _ = unsafe stream.withState { state in
            unsafe keys.withStreamKey { key in
                unsafe crypto_secretstream_xchacha20poly1305_init_push(state, &header, key)
            }
        }
        return (stream, header)
    }

    /// Opens the stream that has this header.
    init(_ keys: SealKeys, header: [UInt8]) throws(SealingError) {
        secret = try SecretBytes(count: MemoryLayout<crypto_secretstream_xchacha20poly1305_state>.size)
        _ = unsafe withState { state in
            unsafe keys.withStreamKey { key in
                unsafe crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
            }
        }
    }

    private init() throws(SealingError) {
        secret = try SecretBytes(count: MemoryLayout<crypto_secretstream_xchacha20poly1305_state>.size)
    }

    /// Seals a chunk; the last one is marked as such.
    func seal(_ text: [UInt8], isLast: Bool) -> [UInt8] {
        var sealed = [UInt8](repeating: 0, count: text.count + Self.addedBytes)
        let tag =
            isLast
            ? crypto_secretstream_xchacha20poly1305_tag_final()
            : crypto_secretstream_xchacha20poly1305_tag_message()
        // It fails only beyond 256 GB in one chunk.
        _ = unsafe withState { state in
            unsafe crypto_secretstream_xchacha20poly1305_push(
                state,
                &sealed,
                nil,
                text,
                UInt64(text.count),
                nil,
                0,
                tag
            )
        }
        return sealed
    }

    /// Opens a chunk, and says whether it is marked as the last; nil when it is not the one that was sealed here.
    func open(_ sealed: [UInt8]) -> (text: [UInt8], isLast: Bool)? {
        guard sealed.count >= Self.addedBytes else { return nil }
        var text = [UInt8](repeating: 0, count: sealed.count - Self.addedBytes)
        var tag: UInt8 = 0
        let outcome = unsafe withState { state in
            unsafe crypto_secretstream_xchacha20poly1305_pull(
                state,
                &text,
                nil,
                &tag,
                sealed,
                UInt64(sealed.count),
                nil,
                0
            )
        }
        guard outcome == 0 else { return nil }
        return (text, tag == crypto_secretstream_xchacha20poly1305_tag_final())
    }

    private func withState<Result>(
        _ body: (UnsafeMutablePointer<crypto_secretstream_xchacha20poly1305_state>) -> Result
    ) -> Result {
        unsafe secret.withBytes { start in
            unsafe body(start.assumingMemoryBound(to: crypto_secretstream_xchacha20poly1305_state.self))
        }
    }
}
