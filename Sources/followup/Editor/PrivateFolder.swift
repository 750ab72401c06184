internal import Glibc

/// A folder for a file that holds health data for a short while.
struct PrivateFolder {
    let path: String

    /// In the user's run-time folder, which is kept in memory, where there is one; else under the temporary folder.
    static func make(environment: Environment = .process) throws(Failure) -> PrivateFolder {
        let parent = environment.nonEmpty("XDG_RUNTIME_DIR") ?? environment.nonEmpty("TMPDIR") ?? "/tmp"
        let path = "\(parent)/followup-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        guard unsafe mkdir(path, 0o700) == 0 else {
            throw Failure.system("a folder for the text cannot be made", code: errno)
        }
        return PrivateFolder(path: path)
    }

    /// Makes a file in it that nobody else can read.
    func write(_ text: String, to name: String) throws(Failure) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let file = unsafe open("\(path)/\(name)", flags, 0o600)
        guard file >= 0 else { throw Failure.system("a file for the text cannot be made", code: errno) }
        defer { close(file) }
        do throws(Descriptor.WriteError) {
            try Descriptor.write(Array(text.utf8), to: file)
        } catch {
            throw Failure.system("the text cannot be written", code: error.code)
        }
    }

    /// Removes it with all that lies in it: editors leave copies behind.
    func remove() {
        Self.remove(path)
    }

    private static func remove(_ folder: String) {
        if let entries = unsafe opendir(folder) {
            while let entry = unsafe readdir(entries) {
                let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                    unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
                }
                guard name != ".", name != ".." else { continue }
                // A link is removed itself, so that nothing outside is ever reached; only a folder refuses.
                if unsafe unlink("\(folder)/\(name)") != 0, errno == EISDIR { remove("\(folder)/\(name)") }
            }
            unsafe closedir(entries)
        }
        _ = unsafe rmdir(folder)
    }
}
