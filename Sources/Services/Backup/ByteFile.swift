internal import Glibc
package import SQLite

/// A file that is read or written from its beginning to its end.
package final class ByteFile {
    /// Bytes of a read; arbitrary.
    private static let blockBytes = 64 << 10

    private let descriptor: Int32

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Opens an ordinary file to read it.
    package static func reading(_ path: String) throws(SQLiteError) -> ByteFile {
        // A pipe without a writer would keep the opening waiting; of an ordinary file the flag says nothing.
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(.of(errno)) }
        let file = ByteFile(descriptor)
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure(.other) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return file
        case S_IFDIR: throw failure(.isDirectory)
        default: throw failure(.other)
        }
    }

    /// Opens a file that is there and empty to fill it; a link is not followed.
    package static func writing(_ path: String) throws(SQLiteError) -> ByteFile {
        let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw failure(.of(errno)) }
        return ByteFile(descriptor)
    }

    /// The next bytes; none at the end.
    package func read(_ most: Int) throws(SQLiteError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: min(most, Self.blockBytes))
        while true {
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
            }
            if count >= 0 {
                bytes.removeLast(bytes.count - count)
                return bytes
            }
            if errno != EINTR { throw .couldNotStore(errno) }
        }
    }

    /// The next bytes, as many as are asked for unless the file ends before.
    package func readFully(_ count: Int) throws(SQLiteError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = try read(count - bytes.count)
            if more.isEmpty { break }
            bytes += more
        }
        return bytes
    }

    package func write(_ bytes: [UInt8]) throws(SQLiteError) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count >= 0 {
                done += count
            } else if errno != EINTR {
                throw .couldNotStore(errno)
            }
        }
    }

    private static func failure(_ obstacle: SQLiteError.Obstacle) -> SQLiteError {
        SQLiteError(kind: .cannotOpen(obstacle), message: "cannot open the file")
    }
}
