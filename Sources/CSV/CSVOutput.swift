private import Glibc

/// Where a ``CSVWriter`` puts its bytes.
package enum CSVOutput: Sendable {
    /// A file, pipe or socket that the caller has opened, and closes.
    ///
    /// Writing to a pipe that nobody reads ends the process unless the caller ignores SIGPIPE; then it is an error.
    case descriptor(Int32)
    /// Kept until ``CSVWriter/takeBytes()``.
    case memory

    /// Writes all of `bytes`, in as many calls as the system needs.
    static func write(_ bytes: borrowing Span<UInt8>, to descriptor: Int32) throws(CSVWriteError) {
        var written = 0
        while written < bytes.count {
            // Unsafe because C reads the bytes; it does not keep them.
            let (count, number) = unsafe bytes.extracting(written..<bytes.count).withUnsafeBytes { bytes in
                let count = unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
                return (count, errno)
            }
            if count >= 0 {
                written += count
                continue
            }
            switch number {
            case EINTR:
                continue
            case EAGAIN:
                // A shell or a terminal may hand over an output that does not wait by itself.
                var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&request, 1, -1)
            default:
                throw CSVWriteError(errno: number)
            }
        }
    }
}
