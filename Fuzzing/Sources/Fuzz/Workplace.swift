import Glibc

/// A folder of the run's own, in memory where the machine has that: an input costs two files and no disk.
enum Workplace {
    static let folder: String = {
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(parent)/followup-fuzz-XXXXXX".utf8CString)
        require(mkdtemp(&template) != nil, "a folder to work in")
        atexit { Workplace.remove(Workplace.folder) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }()

    static func write(_ bytes: [UInt8], to path: String) {
        let file = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
        require(file >= 0, "a file can be made")
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            require(count > 0, "a file can be written")
            rest = rest.dropFirst(count)
        }
        close(file)
    }

    static func read(_ path: String) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        require(file >= 0, "\(path) can be read")
        defer { close(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(file, &block, block.count)
            require(count >= 0, "a file can be read")
            if count == 0 { return bytes }
            bytes += block[..<count]
        }
    }

    /// Removes a file, or a folder of files, two levels deep.
    static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        guard let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { remove("\(path)/\(name)") }
        }
        closedir(folder)
        rmdir(path)
    }
}
