internal import Glibc

/// Finds out whether the drive grants locks at all. To SQLite a lock service that has failed looks like a neighbor who
/// never lets go.
enum LockProbe {
    /// Tries a lock on a file of its own beside the database; true also where no such file can be made.
    static func grantsLocks(beside path: String) -> Bool {
        let probe = "\(path)\(NewFile.unfinishedMark)lock-\(getpid())"
        let file = unsafe open(probe, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else { return true }
        defer { close(file) }
        unsafe unlink(probe)
        var wish = flock()
        wish.l_type = Int16(F_WRLCK)
        wish.l_whence = Int16(SEEK_SET)
        wish.l_len = 1
        return unsafe fcntl(file, F_SETLK, &wish) == 0
    }
}
