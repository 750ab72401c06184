internal import Glibc

/// The bytes of a small file or of the standard input.
enum FileBytes {
    /// - Parameters:
    ///   - name: what the file is to the person, for the message: `the note's file`.
    ///   - most: more bytes than these are refused.
    static func read(_ path: String, named name: String, most: Int) throws(Failure) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            let code = errno
            guard code != ENOENT, code != ENOTDIR else {
                throw Failure(.notFound, "\(name) does not exist", hint: "Check its name and folder.")
            }
            throw Failure.system("\(name) cannot be opened", code: code, hint: "Choose a file that you may read.")
        }
        defer { close(file) }
        return try read(file, named: name, most: most)
    }

    /// Most of these files are short, and a larger block would cost more to clear than they do to read; arbitrary.
    private static let blockSize = 4096

    static func read(_ descriptor: Int32, named name: String, most: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: blockSize)
        while true {
            let count = unsafe block.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure.system("\(name) cannot be read", code: errno)
            }
            bytes += block[..<count]
            guard bytes.count <= most else {
                throw Failure(.badData, "\(name) is longer than \(most) bytes", hint: "Shorten it. Nothing was saved.")
            }
        }
    }
}
