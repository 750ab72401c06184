private import Glibc

/// Where the bytes come from: a file, or memory.
struct CSVInput: ~Copyable {
    /// Bytes in all, when the system knows it: a pipe has no size.
    let totalBytes: Int?
    private(set) var bytesRead = 0
    private let descriptor: Int32?
    private let memory: [UInt8]

    init(bytes: [UInt8]) {
        memory = bytes
        descriptor = nil
        totalBytes = bytes.count
    }

    private init(descriptor: Int32, totalBytes: Int?) {
        memory = []
        self.descriptor = descriptor
        self.totalBytes = totalBytes
    }

    deinit {
        if let descriptor { _ = close(descriptor) }
    }

    static func open(path: String) throws(CSVInputError) -> CSVInput {
        // Unsafe because C reads the string; it does not keep it.
        let descriptor = unsafe path.withCString { path in unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw .system(errno) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            let number = errno
            _ = close(descriptor)
            throw .system(number)
        }
        // A folder opens like a file and fails only when it is read.
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            _ = close(descriptor)
            throw .isDirectory
        case S_IFREG:
            return CSVInput(descriptor: descriptor, totalBytes: Int(status.st_size))
        default:
            return CSVInput(descriptor: descriptor, totalBytes: nil)
        }
    }

    /// Fills `buffer` from `start` with at most `most` bytes and returns how many came; 0 at the end.
    mutating func read(into buffer: inout [UInt8], from start: Int, most: Int) throws(CSVInputError) -> Int {
        let room = min(most, buffer.count - start)
        let count: Int
        if let descriptor {
            count = try Self.read(descriptor, into: &buffer, from: start, room: room)
        } else {
            count = min(room, memory.count - bytesRead)
            buffer.replaceSubrange(start..<start + count, with: memory[bytesRead..<bytesRead + count])
        }
        bytesRead += count
        return count
    }

    private static func read(
        _ descriptor: Int32,
        into buffer: inout [UInt8],
        from start: Int,
        room: Int
    ) throws(CSVInputError) -> Int {
        while true {
            // Unsafe because C writes into the array; `rebasing` traps if `start + room` does not lie within it.
            let (count, number) = unsafe buffer.withUnsafeMutableBytes { bytes in
                let target = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start..<start + room])
                let count = unsafe Glibc.read(descriptor, target.baseAddress, target.count)
                return (count, errno)
            }
            if count >= 0 { return count }
            guard number == EINTR else { throw .system(number) }
        }
    }
}

enum CSVInputError: Error {
    case isDirectory
    case system(Int32)
}
