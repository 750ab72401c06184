internal import Glibc
internal import Migrations
package import SQLite

/// The followup database as a file: made once by `init`, opened by every other command.
package enum Database {
    /// "FLUP" in ASCII, by which a database of this program is known from another's.
    static let applicationID: Int32 = 0x464C_5550

    /// Makes a new database with the program's schema and what `fill` puts into it, whole or not at all.
    ///
    /// It grows beside its place, under a name of its own, and is put there when it is complete; a path at which
    /// something stands is refused. The folder is made if need be, for its owner alone.
    package static func create(
        at path: String,
        now: Int64,
        programVersion: String,
        fill: (borrowing Connection) throws -> Void
    ) throws {
        makeFolder(of: path)
        let unfinished = "\(path).unfinished-\(getpid())"
        defer { for suffix in ["", "-wal", "-shm"] { unsafe unlink(unfinished + suffix) } }
        let connection = try Connection.open(unfinished, .create, applicationID: applicationID)
        try Migrator.migrate(connection, Migrations.all, programVersion: programVersion, now: now) {}
        try fill(connection)
        try connection.backup(to: path)
        try connection.close()
    }

    /// Opens a database and checks at the cost of one tiny query that its schema is the program's.
    ///
    /// An older one is brought up to date, after a copy of it was made beside it.
    ///
    /// - Parameter migrated: called with the name of each step in its own transaction, for the audit.
    package static func open(
        _ path: String,
        _ mode: OpenMode,
        now: Int64,
        programVersion: String,
        migrated: (_ migration: String, borrowing Access<Writing>) throws -> Void = { _, _ in }
    ) throws -> Connection {
        let connection = try Connection.open(path, mode, applicationID: applicationID)
        switch try Migrator.state(of: connection, Migrations.all) {
        case .current:
            break
        case .newerThanProgram:
            throw SQLiteError(kind: .newerThanProgram, message: "the schema is newer than the program")
        case .empty:
            throw SQLiteError(kind: .notADatabase, message: "the file has no schema")
        case .behind(let applied):
            try Migrator.migrate(
                connection,
                Migrations.all,
                programVersion: programVersion,
                now: now,
                afterStep: migrated
            ) {
                try connection.backup(to: freeName("\(path).before-upgrade-\(applied)-\(now)"))
            }
        }
        return connection
    }

    /// The name, or the name with a `+` for each one that is taken: an upgrade that was cut short after its copy was made
    /// may be repeated in the same second, or after the clock was set back.
    private static func freeName(_ name: String) -> String {
        var name = name
        var status = stat()
        while unsafe lstat(name, &status) == 0 { name += "+" }
        return name
    }

    /// Compares every applied migration with the program's, checksum by checksum.
    package static func verifySchema(of connection: borrowing Connection) throws {
        try Migrator.verify(connection, Migrations.all)
    }

    /// Makes the folders on the way to a file, for their owner alone.
    ///
    /// - Returns: those that were not there.
    @discardableResult
    package static func makeFolder(of path: String) -> [String] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        var folder = ""
        var made: [String] = []
        for part in parts {
            folder += part + "/"
            // What exists already, or cannot be made, shows when the file is made.
            if unsafe mkdir(folder, 0o700) == 0 { made.append(folder) }
        }
        return made
    }

    /// Removes folders that `makeFolder` made, unless something lies in them.
    package static func removeFolders(_ made: [String]) {
        for folder in made.reversed() { unsafe rmdir(folder) }
    }
}
