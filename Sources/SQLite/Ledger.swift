/// The record, in the database itself, of the migrations that made it.
enum Ledger {
    struct Entry {
        let name: String
        let checksum: [UInt8]
    }

    static func create(in db: borrowing Access<Writing>) throws(SQLiteError) {
        try db.execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                number INTEGER PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                checksum BLOB NOT NULL CHECK (length(checksum) = 32),
                applied_at INTEGER NOT NULL,
                program_version TEXT NOT NULL
            ) STRICT
            """
        )
    }

    static func entries<Mode>(in db: borrowing Access<Mode>) throws -> [Entry] {
        try db.all("SELECT name, checksum FROM schema_migration ORDER BY number") { row in
            let checksum = try row.bytes(1)
            return Entry(name: try row.text(0), checksum: checksum.indices.map { checksum[$0] })
        }
    }

    static func append(
        _ migration: Migration,
        number: Int,
        _ programVersion: String,
        _ now: Int64,
        in db: borrowing Access<Writing>
    ) throws(SQLiteError) {
        let checksum = try migration.checksum()
        try db.execute(
            """
            INSERT INTO schema_migration (number, name, checksum, applied_at, program_version)
            VALUES (\(number), \(migration.name), \(checksum), \(now), \(programVersion))
            """
        )
    }

    /// Throws unless what was applied is the beginning of what the program has, unchanged.
    static func compare(_ applied: [Entry], with migrations: [Migration]) throws(SQLiteError) {
        for (entry, migration) in zip(applied, migrations) {
            if entry.name != migration.name {
                let isKnown = migrations.contains { $0.name == entry.name }
                throw SQLiteError(
                    // Known, but in another place: another migration was slipped in before it.
                    kind: isKnown ? .changedMigration(entry.name) : .missingMigration(entry.name),
                    message: "\(entry.name) is not where it was applied"
                )
            }
            if entry.checksum != (try migration.checksum()) {
                throw SQLiteError(kind: .changedMigration(entry.name), message: "\(entry.name) has changed")
            }
        }
        guard applied.count <= migrations.count else {
            throw SQLiteError(
                kind: .newerThanProgram,
                message: "\(applied.count - migrations.count) unknown migrations"
            )
        }
    }
}
