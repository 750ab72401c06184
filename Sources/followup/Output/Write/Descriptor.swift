internal import Glibc

/// Bytes in and out of a file descriptor, in whole.
enum Descriptor {
    /// The error number of a write that failed.
    struct WriteError: Error {
        let code: Int32
    }

    /// Writes every byte; a short or interrupted write is continued.
    static func write(_ bytes: [UInt8], to descriptor: Int32) throws(WriteError) {
        var done = 0
        while done < bytes.count {
            let written = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
            }
            if written > 0 {
                done += written
                continue
            }
            let code = written == 0 ? EIO : errno
            if code == EINTR { continue }
            if code == EAGAIN {
                // A terminal or pipe that another program left in non-blocking mode.
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&wait, 1, -1)
                continue
            }
            throw WriteError(code: code)
        }
    }
}
