internal import CSQLite
internal import Glibc

enum SQLiteFlags {
    static let readWrite = SQLITE_OPEN_READWRITE
    static let readOnly = SQLITE_OPEN_READONLY
    static let unchanging = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
}

/// What must be asked of the file system, because SQLite would answer less precisely or later.
///
/// An existing database is never opened here: closing it would drop the locks of every connection of this process.
enum DatabaseFile {
    /// Makes an empty file that only its owner can read and returns its address for SQLite. A file that is there is
    /// refused, whatever it is.
    @discardableResult
    static func create(_ path: String) throws(SQLiteError) -> String {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .cannotOpen(.missing, path) }
        let file = unsafe open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .cannotOpen(.of(errno), path) }
        Glibc.close(file)
        return try address(of: path)
    }

    /// Removes a file that `create` made, and what SQLite put beside it.
    static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] { unsafe unlink(path + suffix) }
    }

    /// The address for SQLite of a file that can be read and might be a database.
    static func existing(_ path: String) throws(SQLiteError) -> String {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .cannotOpen(.missing, path) }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw .cannotOpen(.of(errno), path) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .cannotOpen(.isDirectory, path)
        default: throw .cannotOpen(.other, path)
        }
        guard unsafe access(path, R_OK) == 0 else { throw .cannotOpen(.of(errno), path) }
        // SQLite would take an empty file for an empty database.
        guard status.st_size > 0 else {
            throw SQLiteError(kind: .notADatabase, message: "the file is empty")
        }
        return try address(of: path)
    }

    /// The absolute path without links. SQLite would take "" and ":memory:" for databases of their own; Debian's build
    /// reads "file:" as a URI even without being asked; and version 3.40 refuses ".." in the root folder.
    private static func address(of path: String) throws(SQLiteError) -> String {
        guard let resolved = unsafe realpath(path, nil) else { throw .cannotOpen(.of(errno), path) }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// The address under which SQLite reads a file without locks and without the files beside it. That is right only
    /// if `error` says that they cannot be had, as in a folder that cannot be written, and if no log or journal holds
    /// a part of the truth; else there is no way.
    static func unchangingAddress(of path: String, after error: SQLiteError) throws(SQLiteError) -> String {
        switch error.kind {
        case .cannotOpen, .readOnly: break
        default: throw error
        }
        for suffix in ["-wal", "-journal"] {
            var status = stat()
            if unsafe stat(path + suffix, &status) == 0, status.st_size > 0 {
                throw SQLiteError(
                    code: error.code,
                    extendedCode: error.extendedCode,
                    kind: .readOnly,
                    message: "the log beside the database cannot be read without writing"
                )
            }
        }
        let plain = Set("/._-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        var address = Array("file:".utf8)
        for byte in path.utf8 {
            address += plain.contains(byte) ? [byte] : [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: address, as: UTF8.self) + "?immutable=1"
    }

    /// Makes a new file at `path` that holds all that `write` puts into it, or does not exist.
    ///
    /// It grows under a name of its own, and gets `path` as its name when it is whole and on the disk. A kill or a
    /// power cut leaves nothing at `path`, or all of it; what lies there is refused.
    static func publish(
        _ path: String,
        write: (_ unfinished: String) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .cannotOpen(.missing, path) }
        var status = stat()
        // Asked before the work; `giveName` asks again in the same step in which it takes the name.
        guard unsafe lstat(path, &status) != 0 else { throw .cannotOpen(.alreadyExists, path) }
        let unfinished = try create("\(path).unfinished-\(String(UInt64.random(in: .min ... .max), radix: 16))")
        defer { remove(unfinished) }
        try write(unfinished)
        try synchronize(unfinished)
        try giveName(path, to: unfinished)
        do throws(SQLiteError) {
            try synchronize(try address(of: path))
        } catch {
            unsafe unlink(path)
            throw error
        }
    }

    private static func giveName(_ path: String, to unfinished: String) throws(SQLiteError) {
        if unsafe link(unfinished, path) == 0 { return }
        switch errno {
        case EPERM, ENOSYS, EOPNOTSUPP, EMLINK:
            // A file system without hard links. A kill between these two steps leaves an empty file, which nothing
            // opens as a database.
            let place = try create(path)
            guard unsafe rename(unfinished, place) == 0 else {
                let cause = errno
                remove(place)
                throw .cannotOpen(.of(cause), path)
            }
        case let cause:
            let obstacle = SQLiteError.Obstacle.of(cause)
            throw obstacle == .other ? .couldNotStore(cause) : .cannotOpen(obstacle, path)
        }
    }

    /// Puts a finished file and its name on the disk; `path` is absolute.
    static func synchronize(_ path: String) throws(SQLiteError) {
        let folder = String(path[...(path.lastIndex(of: "/") ?? path.startIndex)])
        for place in [path, folder] {
            let file = unsafe open(place, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { throw .cannotOpen(.of(errno), place) }
            let outcome = fsync(file)
            let cause = errno
            Glibc.close(file)
            // Some network drives cannot sync a folder; then its entries are theirs to keep.
            guard outcome == 0 || place == folder && cause == EINVAL else {
                throw .couldNotStore(cause)
            }
        }
    }
}

extension SQLiteError {
    static func cannotOpen(_ obstacle: Obstacle, _ path: String) -> SQLiteError {
        SQLiteError(kind: .cannotOpen(obstacle), message: "cannot open \(path)")
    }

    fileprivate static func couldNotStore(_ systemError: Int32) -> SQLiteError {
        let isFull = systemError == ENOSPC || systemError == EDQUOT
        return SQLiteError(kind: isFull ? .full : .inputOutput, message: "the file could not be put on the disk")
    }
}
