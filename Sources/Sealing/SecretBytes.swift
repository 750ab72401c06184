internal import CSodium

/// Bytes that are kept out of swap and of core dumps as far as the system allows, and are wiped when let go.
///
/// Not Sendable: one thread uses it at a time.
@safe
final class SecretBytes {
    private let start: UnsafeMutableRawPointer
    let count: Int

    /// All zero.
    init(count: Int) throws(SealingError) {
        // Before the first call: it finds the page size that the guarded memory needs. Later calls do nothing.
        guard sodium_init() >= 0 else { throw .unavailable }
        guard let start = unsafe sodium_malloc(max(1, count)) else { throw .outOfMemory }
        unsafe sodium_memzero(start, max(1, count))
        unsafe self.start = unsafe start
        self.count = count
    }

    deinit { unsafe sodium_free(start) }

    /// Lends the bytes; the pointer must not leave the closure.
    func withBytes<Result>(_ body: (UnsafeMutableRawPointer) -> Result) -> Result {
        unsafe body(start)
    }
}
