internal import Glibc

/// Files that appear under their name when they are whole and on the disk, or not at all.
package enum NewFile {
    /// What stands between a file's name and a random number while it grows beside its place. `check` finds by it what
    /// a kill or a power cut left.
    package static let unfinishedMark = ".unfinished-"

    /// Makes a new file at `path` that holds all that `write` puts into it, or does not exist.
    ///
    /// It grows under a name of its own, for its owner alone, and gets `path` as its name when it is whole and on the
    /// disk. A kill or a power cut leaves nothing at `path`, or all of it; what lies there, be it a link, is refused.
    ///
    /// - Parameters:
    ///   - write: fills the file, which is there and empty; what it throws passes through.
    ///   - publishing: called with a closure that gives the file its name, for callers that have to do something
    ///     before or after in the same breath; when it throws, there is no file.
    package static func publish(
        _ path: String,
        write: (_ unfinished: String) throws -> Void,
        publishing: (_ publish: () throws -> Void) throws -> Void = { try $0() }
    ) throws {
        try refuse(path)
        let unfinished = try DatabaseFile.create("\(path)\(unfinishedMark)\(randomText())")
        defer { DatabaseFile.remove(unfinished) }
        try write(unfinished)
        try synchronize(unfinished)
        var isPublished = false
        do {
            try publishing {
                try giveName(path, to: unfinished)
                isPublished = true
                try synchronize(DatabaseFile.address(of: path))
            }
        } catch {
            if isPublished { unsafe unlink(path) }
            throw error
        }
    }

    /// Lends a file beside `path` that is there and empty, for its owner alone; afterwards it is gone, and what SQLite
    /// put beside it.
    package static func withScratch<Result>(
        beside path: String,
        _ body: (_ scratch: String) throws -> Result
    ) throws -> Result {
        let scratch = try DatabaseFile.create("\(path)\(unfinishedMark)\(randomText())")
        defer { DatabaseFile.remove(scratch) }
        return try body(scratch)
    }

    /// Removes a file that this program made, and what SQLite put beside it.
    package static func remove(_ path: String) {
        DatabaseFile.remove(path)
    }

    /// Refuses a path at which nothing new can be made: something lies there, or its folder is missing.
    package static func refuse(_ path: String) throws(SQLiteError) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .cannotOpen(.missing, path) }
        var status = stat()
        guard unsafe lstat(path, &status) != 0 else { throw .cannotOpen(.alreadyExists, path) }
        guard errno == ENOENT else { throw .cannotOpen(.of(errno), path) }
        let folder = folder(of: path)
        guard unsafe stat(folder, &status) == 0 else { throw .cannotOpen(.of(errno), path) }
        guard unsafe access(folder, W_OK | X_OK) == 0 else { throw .cannotOpen(.of(errno), path) }
    }

    /// The folder of a file as it is opened, with its slash; `./` for a name alone.
    package static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "./" }
        return String(path[...slash])
    }

    private static func randomText() -> String {
        String(UInt64.random(in: .min ... .max), radix: 16)
    }

    private static func giveName(_ path: String, to unfinished: String) throws(SQLiteError) {
        if unsafe link(unfinished, path) == 0 { return }
        switch errno {
        case EPERM, ENOSYS, EOPNOTSUPP, EMLINK:
            // A file system without hard links. A kill between these two steps leaves an empty file, which nothing
            // opens as a database.
            let place = try DatabaseFile.create(path)
            guard unsafe rename(unfinished, place) == 0 else {
                let cause = errno
                DatabaseFile.remove(place)
                throw .cannotOpen(.of(cause), path)
            }
        case let cause:
            let obstacle = SQLiteError.Obstacle.of(cause)
            throw obstacle == .other ? .couldNotStore(cause) : .cannotOpen(obstacle, path)
        }
    }

    /// Puts a finished file and its name on the disk; `path` is absolute.
    package static func synchronize(_ path: String) throws(SQLiteError) {
        let folder = folder(of: path)
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
    package static func couldNotStore(_ systemError: Int32) -> SQLiteError {
        let isFull = systemError == ENOSPC || systemError == EDQUOT
        return SQLiteError(kind: isFull ? .full : .inputOutput, message: "the file could not be put on the disk")
    }
}
