package import SQLite
internal import Migrations

extension Database {
    /// Opens a database of this program with the schema that it has, be it an older one.
    package static func openAsItIs(_ path: String, _ mode: OpenMode) throws(SQLiteError) -> Connection {
        try Connection.open(path, mode, applicationID: applicationID)
    }

    /// A database without a file and without records that the program's migrations have just made.
    static func fresh() throws -> Connection {
        let connection = try Connection.inMemory(applicationID: applicationID)
        try Migrator.migrate(connection, Migrations.all, programVersion: "", now: 0) {}
        return connection
    }
}
