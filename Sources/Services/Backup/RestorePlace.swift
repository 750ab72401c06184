internal import CivilTime
internal import Glibc
internal import SQLite
internal import Storage

/// The place of a database that is to be restored: free, or taken by the one that is replaced.
struct RestorePlace {
    private let path: String
    /// Where what was there is kept.
    private let kept: String
    let isTaken: Bool
    /// A log without its database.
    private let hasStrayLog: Bool

    init(_ path: String, now: Instant) throws {
        guard !path.isEmpty else { throw BackupError.placeIsNoFile }
        self.path = path
        var status = stat()
        var kept = "\(path).replaced-\(BackupSeries.stamp(of: now))"
        // Two in one second, or a clock that was set back; a log that lies there belongs to another database.
        while ([""] + DatabaseFile.companions).contains(where: { unsafe lstat(kept + $0, &status) == 0 }) {
            kept += "+"
        }
        self.kept = kept
        isTaken = unsafe lstat(path, &status) == 0
        // A link would be replaced and its target left: not what was asked for.
        guard !isTaken || status.st_mode & S_IFMT == S_IFREG else { throw BackupError.placeIsNoFile }
        hasStrayLog = !isTaken && ["-wal", "-journal"].contains { (FileSize.bytes(of: path + $0) ?? 0) > 0 }
    }

    /// Refuses the database itself as its backup, before anything is written to it.
    func refuseSame(_ backup: String) throws {
        var (source, target) = (stat(), stat())
        if unsafe stat(backup, &source) == 0, unsafe stat(path, &target) == 0,
            source.st_dev == target.st_dev, source.st_ino == target.st_ino
        {
            throw BackupError.sameFile
        }
    }

    /// Refuses what would destroy something, before any work is done.
    func refuse(_ backup: String, force: Bool) throws {
        var source = stat()
        // What is not there is said before what is in the way.
        guard unsafe stat(backup, &source) == 0 else { return }
        guard force || !isTaken else { throw BackupError.placeTaken }
        guard force || !hasStrayLog else { throw BackupError.strayLog }
    }

    /// A dry run makes no folder: where there is none, the check is made among the temporary files.
    var scratchForDryRun: String {
        var status = stat()
        if unsafe stat(NewFile.folder(of: path), &status) == 0 { return path }
        let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        return base + "/followup-restore"
    }

    /// Puts a checked file into the place, in one step, and returns where the old database is kept.
    func take(_ staged: String) throws -> String? {
        try NewFile.synchronize(staged)
        guard isTaken else {
            if hasStrayLog { try keepCompanions() }
            guard unsafe link(staged, path) == 0 || fallBack(staged) else { throw SQLiteError.couldNotStore(errno) }
            try confirm()
            return hasStrayLog ? kept : nil
        }
        do {
            try replaceSecluded(with: staged)
        } catch let error as SQLiteError where error.meansDamage {
            try keepCompanions()
            try replace(with: staged)
        }
        return kept
    }

    /// While nobody else can read or write the old database, and its log has been emptied into it; a database that is
    /// too damaged for that is left as it is.
    private func replaceSecluded(with staged: String) throws {
        let old = try Database.openAsItIs(path, .readWrite)
        try old.seclude()
        try replace(with: staged)
        // Only now: whoever waited for the lock must find the new file in its place.
        try old.close()
    }

    /// The old file gets a second name first; the rename takes its first one away in the step that gives it to the
    /// new file.
    private func replace(with staged: String) throws {
        // SQLite does not say when it could not remove the log; beside the restored database it would be its own.
        guard !["-wal", "-journal"].contains(where: { (FileSize.bytes(of: path + $0) ?? 0) > 0 }) else {
            throw BackupError.logStays
        }
        guard unsafe link(path, kept) == 0 || renamed(path, kept) else { throw SQLiteError.couldNotStore(errno) }
        guard unsafe rename(staged, path) == 0 else {
            let cause = errno
            // One database under two names would be two databases to SQLite, with a log each.
            var status = stat()
            if unsafe lstat(path, &status) == 0 { unsafe unlink(kept) } else { unsafe rename(kept, path) }
            throw SQLiteError.couldNotStore(cause)
        }
        try confirm()
    }

    /// Whatever fails now, the restored database is in its place: an error must not say that nothing was done.
    private func confirm() throws {
        do {
            try NewFile.synchronize(address())
        } catch {
            throw BackupError.notConfirmed
        }
    }

    /// A file system without hard links: for a moment nothing is in the place.
    private func renamed(_ old: String, _ new: String) -> Bool {
        guard [EPERM, ENOSYS, EOPNOTSUPP, EMLINK].contains(errno) else { return false }
        return unsafe rename(old, new) == 0
    }

    private func fallBack(_ staged: String) -> Bool {
        renamed(staged, path)
    }

    /// The log of a damaged database, or one without a database, must not be taken for the restored one's.
    private func keepCompanions() throws {
        for suffix in DatabaseFile.companions {
            guard unsafe rename(path + suffix, kept + suffix) == 0 || errno == ENOENT else {
                throw SQLiteError.couldNotStore(errno)
            }
        }
    }

    private func address() throws -> String {
        guard let resolved = unsafe realpath(path, nil) else { throw SQLiteError.couldNotStore(errno) }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}
