internal import Glibc

/// Looks at the file of a database from outside: who may read it, and how much space is left.
enum FileInspection {
    /// Bytes that should be free beside the database; arbitrary, some months of a busy site.
    private static let freeBytes: UInt64 = 100 << 20
    private static let othersRights: mode_t = 0o077

    static func findings(of path: String) -> [Finding] {
        [modes(of: path)] + space(beside: path)
    }

    private static func modes(of path: String) -> Finding {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            return Finding("file modes", .warning, "the file's rights cannot be read")
        }
        guard status.st_mode & othersRights == 0 else {
            return Finding(
                "file modes",
                .error,
                "others on this machine may read the database",
                remedy: "Take their rights away: chmod 600 on the file, chmod 700 on its folder."
            )
        }
        return Finding("file modes", .ok, "the file is its owner's alone")
    }

    private static func space(beside path: String) -> [Finding] {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return [] }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        guard free < freeBytes else { return [Finding("disk", .ok, "\(free >> 20) MB are free")] }
        return [
            Finding("disk", .warning, "only \(free >> 20) MB are free beside the database", remedy: "Make room soon.")
        ]
    }
}
