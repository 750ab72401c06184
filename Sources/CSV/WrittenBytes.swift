/// What a ``CSVWriter`` has written, in the memory in which it was written.
@safe
package final class WrittenBytes: Sendable {
    // Safe: nobody writes into it any more, and it ends with this object.
    private nonisolated(unsafe) let start: UnsafeMutablePointer<UInt8>
    package let count: Int

    /// Owns the memory from here on.
    init(start: UnsafeMutablePointer<UInt8>, count: Int) {
        unsafe self.start = unsafe start
        self.count = count
    }

    deinit { unsafe start.deallocate() }

    package func withSpan<Result, Failure: Error>(
        _ body: (borrowing Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
        return try body(unsafe Span(_unsafeElements: bytes))
    }

    /// A copy.
    package var array: [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: start, count: count))
    }
}
