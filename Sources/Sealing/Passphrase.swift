internal import CSodium

/// What opens a sealed file: bytes as they were typed or read, wiped when let go.
///
/// Not Sendable: one thread uses it at a time.
package struct Passphrase {
    let secret: SecretBytes

    /// Takes the bytes over and wipes them where they were.
    ///
    /// - Throws: `SealingError.unavailable` or `.outOfMemory`.
    package init(taking bytes: inout [UInt8]) throws(SealingError) {
        defer { Self.wipe(&bytes) }
        secret = try SecretBytes(count: bytes.count)
        unsafe secret.withBytes { start in
            unsafe UnsafeMutableRawBufferPointer(start: start, count: bytes.count).copyBytes(from: bytes)
        }
    }

    /// Overwrites bytes in a way that the compiler cannot leave out.
    package static func wipe(_ bytes: inout [UInt8]) {
        unsafe bytes.withUnsafeMutableBytes { buffer in
            if let start = buffer.baseAddress { unsafe sodium_memzero(start, buffer.count) }
        }
        bytes = []
    }
}
