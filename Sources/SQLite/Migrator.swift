/// How a database's schema stands to the program's migrations.
package enum SchemaState: Sendable, Equatable {
    case empty
    case current
    /// So many of the migrations have been applied.
    case behind(applied: Int)
    case newerThanProgram
}

/// Brings a database to the schema of the program.
///
/// Each migration runs in a transaction of its own, together with its row in the ledger `schema_migration`, and the
/// lock is taken before the ledger is read, because two commands may start at once.
package enum Migrator {
    /// The state by the count kept in the file's header: one tiny query, for the start of every command.
    package static func state(
        of connection: borrowing Connection,
        _ migrations: [Migration]
    ) throws(SQLiteError) -> SchemaState {
        let applied = try connection.handle.countInHeader()
        if applied > migrations.count { return .newerThanProgram }
        if applied == migrations.count { return .current }
        return applied == 0 ? .empty : .behind(applied: applied)
    }

    /// Compares every applied migration with the program's, for `check`.
    package static func verify(_ connection: borrowing Connection, _ migrations: [Migration]) throws {
        let hasLedger = try connection.handle.countInHeader() > 0
        let applied = hasLedger ? try connection.read { db in try Ledger.entries(in: db) } : []
        try Ledger.compare(applied, with: migrations)
    }

    /// Applies what is missing and returns the names of it.
    ///
    /// A migration that fails leaves nothing of itself; those before it stay.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970, for the ledger.
    ///   - beforeUpgrade: called under the lock before the first change of a database that is in use, for a copy; when
    ///     it throws, nothing is changed.
    ///   - afterStep: called with the name of each migration in its own transaction, which fails when it throws.
    @discardableResult
    package static func migrate(
        _ connection: borrowing Connection,
        _ migrations: [Migration],
        programVersion: String,
        now: Int64,
        afterStep: (String, borrowing Access<Writing>) throws -> Void = { _, _ in },
        beforeUpgrade: () throws -> Void
    ) throws -> [String] {
        let handle = connection.handle
        // A table is rebuilt by dropping the old one, which would delete or orphan the rows that point to it.
        try handle.enforceForeignKeys(false)
        var names: [String] = []
        do {
            var copyIsMade = false
            while true {
                let name = try step(connection, migrations, programVersion, now, afterStep) {
                    if !copyIsMade { try beforeUpgrade() }
                    copyIsMade = true
                }
                guard let name else { break }
                // What was empty before the first step of this call needs no copy between its steps.
                copyIsMade = true
                names.append(name)
            }
        } catch {
            try handle.enforceForeignKeys(true)
            throw error
        }
        try handle.enforceForeignKeys(true)
        return names
    }

    /// Applies the next migration; nil when there is none.
    private static func step(
        _ connection: borrowing Connection,
        _ migrations: [Migration],
        _ programVersion: String,
        _ now: Int64,
        _ afterStep: (String, borrowing Access<Writing>) throws -> Void,
        beforeUpgrade: () throws -> Void
    ) throws -> String? {
        let handle = connection.handle
        try handle.begin(.writing(durable: true))
        do {
            let db = Access<Writing>(connection)
            try Ledger.create(in: db)
            let applied = try Ledger.entries(in: db)
            try Ledger.compare(applied, with: migrations)
            var name: String?
            if applied.count < migrations.count {
                if !applied.isEmpty { try beforeUpgrade() }
                let migration = migrations[applied.count]
                try apply(migration, in: db)
                try Ledger.append(migration, number: applied.count + 1, programVersion, now, in: db)
                try afterStep(migration.name, db)
                name = migration.name
            }
            try handle.pragma("user_version = \(applied.count + (name == nil ? 0 : 1))")
            try handle.commit()
            return name
        } catch {
            handle.rollBack()
            throw error
        }
    }

    private static func apply(_ migration: Migration, in db: borrowing Access<Writing>) throws {
        do throws(SQLiteError) {
            try db.handle.run(migration.sql)
        } catch {
            throw error.in(migration)
        }
        let orphans = Set(try ForeignKeyViolation.all(in: db).map(\.table)).sorted()
        guard orphans.isEmpty else {
            throw SQLiteError(
                kind: .failedMigration(migration.name),
                message: "\(migration.name): rows without a parent in \(orphans.joined(separator: ", "))"
            )
        }
    }
}

extension Handle {
    fileprivate func countInHeader() throws(SQLiteError) -> Int {
        try pragma("user_version").first.flatMap { Int($0) } ?? 0
    }
}

extension SQLiteError {
    /// The same error with the name of the migration. What the machine is to blame for keeps its kind.
    fileprivate func `in`(_ migration: Migration) -> SQLiteError {
        let kind: Kind
        switch self.kind {
        case .busy, .full, .inputOutput, .readOnly, .corrupt, .interrupted: kind = self.kind
        default: kind = .failedMigration(migration.name)
        }
        return SQLiteError(
            code: code,
            extendedCode: extendedCode,
            kind: kind,
            message: "\(migration.name): \(message)",
            sql: sql
        )
    }
}
