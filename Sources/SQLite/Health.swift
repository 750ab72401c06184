internal import CSQLite

/// A row whose parent is missing.
package struct ForeignKeyViolation: Sendable, Equatable {
    package let table: String
    package let rowID: Int64?
    package let parent: String
}

/// How large a database is.
package struct DatabaseSize: Sendable, Equatable {
    /// Bytes.
    package let pageSize: Int
    package let pages: Int
    package let freePages: Int
}

/// What a checkpoint found in the log and moved into the database, in pages.
package struct Checkpoint: Sendable, Equatable {
    package let logged: Int
    package let moved: Int
}

extension Connection {
    /// What SQLite finds wrong in the file, at most 100 lines; empty when it is sound. Reads all of it.
    package borrowing func integrityCheck() throws -> [String] {
        do {
            let problems = try read { db in
                try db.all("SELECT integrity_check FROM pragma_integrity_check(100)") { try $0.text(0) }
            }.filter { $0 != "ok" }
            // The check takes a page that the disk does not give for one that is damaged.
            guard unsafe problems.isEmpty || !SQLiteError.couldNotRead(handle.database) else {
                throw SQLiteError(kind: .inputOutput, message: "a page could not be read")
            }
            return problems
        } catch let error as SQLiteError where error.kind == .corrupt {
            // Some damage ends the check itself.
            return [error.message]
        }
    }

    /// Rows that point to a row that is not there.
    package borrowing func foreignKeyCheck() throws -> [ForeignKeyViolation] {
        try read { db in try ForeignKeyViolation.all(in: db) }
    }

    package borrowing func size() throws -> DatabaseSize {
        try read { db in
            try db.first(
                """
                SELECT page_size, page_count, freelist_count
                FROM pragma_page_size, pragma_page_count, pragma_freelist_count
                """
            ) {
                DatabaseSize(pageSize: try $0.int(0), pages: try $0.int(1), freePages: try $0.int(2))
            }
        } ?? DatabaseSize(pageSize: 0, pages: 0, freePages: 0)
    }

    /// Moves the log into the database file. With `truncating` it also waits for readers and empties the log file.
    @discardableResult
    package func checkpoint(truncating: Bool = false) throws(SQLiteError) -> Checkpoint {
        var logged: Int32 = 0
        var moved: Int32 = 0
        let mode = truncating ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
        try handle.check(unsafe sqlite3_wal_checkpoint_v2(handle.database, "main", mode, &logged, &moved))
        return Checkpoint(logged: Int(logged), moved: Int(moved))
    }
}

extension ForeignKeyViolation {
    static func all<Mode>(in db: borrowing Access<Mode>) throws -> [ForeignKeyViolation] {
        try db.all(#"SELECT "table", rowid, parent FROM pragma_foreign_key_check"#) {
            ForeignKeyViolation(table: try $0.text(0), rowID: try $0.optionalInt64(1), parent: try $0.text(2))
        }
    }
}
