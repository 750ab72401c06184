internal import Glibc

/// A folder for a file that holds health data for a short while.
struct PrivateFolder {
    let path: String

    /// In the user's run-time folder, which is kept in memory, where there is one; else under the temporary folder.
    static func make(environment: Environment = .process) throws(Failure) -> PrivateFolder {
        let parent = environment.nonEmpty("XDG_RUNTIME_DIR") ?? environment.nonEmpty("TMPDIR") ?? "/tmp"
        let path = "\(parent)/followup-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        guard unsafe mkdir(path, 0o700) == 0 else {
            throw Failure.system("a folder for the form cannot be made", code: errno)
        }
        return PrivateFolder(path: path)
    }

    /// Removes it with all that lies in it: editors leave copies behind.
    func remove() {
        if let folder = unsafe opendir(path) {
            while let entry = unsafe readdir(folder) {
                let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                    unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
                }
                if name != ".", name != ".." { _ = unsafe unlink("\(path)/\(name)") }
            }
            unsafe closedir(folder)
        }
        _ = unsafe rmdir(path)
    }
}
