internal import CSQLite

extension Access where Mode == Writing {
    /// Runs a statement to its end and returns how many rows it changed itself, those of triggers not counted.
    @discardableResult
    package borrowing func execute(_ sql: SQL) throws(SQLiteError) -> Int {
        let before = unsafe sqlite3_total_changes64(handle.database)
        try handle.run(sql, try permitted(sql))
        // A statement that changes no row, such as CREATE TABLE, leaves the count of the one before it.
        let after = unsafe sqlite3_total_changes64(handle.database)
        return after == before ? 0 : Int(unsafe sqlite3_changes64(handle.database))
    }

    /// How much of the file is kept in memory from now on, by this connection alone: SQLite's own 2 MB let a bulk insert
    /// read and write most pages again and again.
    package borrowing func keepInMemory(megabytes: Int) throws(SQLiteError) {
        try handle.keepInMemory(megabytes: megabytes)
    }

    /// A part of the transaction that is undone alone when `body` throws. Savepoints may nest.
    @discardableResult
    package borrowing func savepoint<R>(_ body: (borrowing Access<Writing>) throws -> R) throws -> R {
        // One name is enough: SQLite means the innermost savepoint of that name.
        try handle.run("SAVEPOINT part")
        do {
            let result = try body(self)
            try handle.run("RELEASE part")
            return result
        } catch {
            // After a full disk and the like there is no transaction left, hence nothing to undo.
            if handle.isInTransaction {
                try handle.run("ROLLBACK TO part")
                try handle.run("RELEASE part")
            }
            throw error
        }
    }
}

extension Handle {
    func keepInMemory(megabytes: Int) throws(SQLiteError) {
        // Negative: kibibytes instead of pages.
        try pragma("cache_size = -\(megabytes << 10)")
    }
}
