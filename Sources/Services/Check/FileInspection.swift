internal import CivilTime
internal import Glibc
internal import SQLite

/// Looks at the file of a database from outside: who may read it, how much space is left, what lies beside it.
enum FileInspection {
    /// Bytes that should be free beside the database; arbitrary, some months of a busy site.
    private static let freeBytes: UInt64 = 100 << 20
    /// With less than this the work of a day may not fit; arbitrary.
    private static let leastBytes: UInt64 = 1 << 20
    /// Bytes; the bound of the log, and a commit beyond it.
    private static let longestLog = 18 << 20
    /// Younger files may belong to a command that is still running; arbitrary.
    private static let unfinishedSeconds = 3600
    /// How SQLite begins the names of its temporary files.
    private static let temporaryMark = "etilqs_"

    static func findings(of path: String, now: Instant) -> [Finding] {
        FileModes(of: path).findings() + space(beside: path) + [log(beside: path)] + leftOver(beside: path, now: now)
    }

    private static func space(beside path: String) -> [Finding] {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return [] }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        // An upgrade copies the database first, and so does an encrypted backup.
        let wanted = max(freeBytes, UInt64(FileSize.bytes(of: path) ?? 0))
        let words = "\(free >> 20) MB are free beside the database"
        if free < leastBytes { return [Finding("disk", .error, "only \(words)", remedy: "Make room now.")] }
        guard free < wanted else { return [Finding("disk", .ok, words)] }
        return [Finding("disk", .warning, "only \(words)", remedy: "Make room soon.")]
    }

    /// Every commit empties a log of more than 16 MB, unless somebody is reading what is in it.
    private static func log(beside path: String) -> Finding {
        let bytes = FileSize.bytes(of: path + "-wal") ?? 0
        guard bytes > longestLog else { return Finding("log", .ok, "the log beside the database is short") }
        return Finding(
            "log",
            .warning,
            "the log beside the database has grown to \(bytes >> 20) MB: some program reads without ever ending",
            remedy: "End what has the database open, such as a database browser; the next entry empties the log."
        )
    }

    /// What a kill or a power cut left of a copy that was being made, and of SQLite's own temporary files.
    private static func leftOver(beside path: String, now: Instant) -> [Finding] {
        let folder = NewFile.folder(of: path)
        let all = FolderListing.names(in: folder)
        let old = all.filter { isOld(folder + $0, now: now) }
        let unfinished = all.filter { name in
            name.contains(NewFile.unfinishedMark) || name.hasPrefix(".followup-") && name.hasSuffix(".part")
        }
        let copies = unfinished.filter(old.contains)
        let young = unfinished.count - copies.count
        // SQLite takes the name of such a file away as soon as it has made it; who is killed between leaves the name.
        let temporary = old.filter { $0.hasPrefix(temporaryMark) }
        var findings: [Finding] = []
        if !copies.isEmpty {
            findings.append(
                Finding(
                    "left over",
                    .warning,
                    "\(copies.count) unfinished files lie beside the database; they may hold records",
                    remedy: "Remove the files with \(NewFile.unfinishedMark) in their names when no command is running."
                )
            )
        }
        if young > 0 {
            findings.append(
                Finding(
                    "left over",
                    .warning,
                    "\(young) unfinished files younger than an hour lie beside the database: a command is making them "
                        + "or was killed",
                    remedy: "If no command is running, remove the files with \(NewFile.unfinishedMark) in their names."
                )
            )
        }
        if !temporary.isEmpty {
            let isEmpty = temporary.allSatisfy { FileSize.bytes(of: folder + $0) == 0 }
            findings.append(
                Finding(
                    "left over",
                    .warning,
                    "\(temporary.count) temporary files of a command that was killed lie beside the database; "
                        + (isEmpty ? "they are empty" : "they may hold records"),
                    remedy: "Remove the files whose names begin with \(temporaryMark) when no command is running."
                )
            )
        }
        return findings.isEmpty ? [Finding("left over", .ok, "no unfinished copy lies beside the database")] : findings
    }

    private static func isOld(_ path: String, now: Instant) -> Bool {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return false }
        return now.seconds - Int64(status.st_mtim.tv_sec) > unfinishedSeconds
    }
}
