internal import CSQLite
package import Glibc

enum SQLiteFlags {
    static let readWrite = SQLITE_OPEN_READWRITE
    static let readOnly = SQLITE_OPEN_READONLY
    static let unchanging = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
}

/// What must be asked of the file system, because SQLite would answer less precisely or later.
///
/// An existing database is never opened here: closing it would drop the locks of every connection of this process.
package enum DatabaseFile {
    /// What SQLite puts beside a database, by the end of its name.
    package static let companions = ["-wal", "-shm", "-journal"]

    /// The rights of the group and of everybody.
    package static let othersRights: mode_t = 0o077

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
        for suffix in [""] + companions { unsafe unlink(path + suffix) }
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

    /// Refuses a database on which others have rights, or the files beside it, which hold what is in it; unless this
    /// process may only read it: then it is one of the others, and every write will be refused anyway.
    static func refuseUnlessPrivate(_ path: String) throws(SQLiteError) {
        guard unsafe access(path, W_OK) == 0 else { return }
        for suffix in [""] + companions {
            var status = stat()
            guard unsafe stat(path + suffix, &status) == 0, status.st_mode & othersRights != 0 else { continue }
            throw SQLiteError(kind: .openToOthers, message: "others have rights on the file")
        }
    }

    /// The absolute path without links. SQLite would take "" and ":memory:" for databases of their own; Debian's build
    /// reads "file:" as a URI even without being asked; and version 3.40 refuses ".." in the root folder.
    package static func address(of path: String) throws(SQLiteError) -> String {
        guard let resolved = unsafe realpath(path, nil) else { throw .cannotOpen(.of(errno), path) }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// The address under which SQLite reads a file without locks and without the files beside it. That is right only
    /// if nobody can write to it, and if no log or journal holds a part of the truth; else there is no way.
    static func unchangingAddress(of path: String) throws(SQLiteError) -> String {
        for suffix in ["-wal", "-journal"] {
            var status = stat()
            if unsafe stat(path + suffix, &status) == 0, status.st_size > 0 {
                throw SQLiteError(
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
}

extension SQLiteError {
    static func cannotOpen(_ obstacle: Obstacle, _ path: String) -> SQLiteError {
        SQLiteError(kind: .cannotOpen(obstacle), message: "cannot open \(path)")
    }
}
