internal import CSQLite
internal import Glibc

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

    /// Refuses as a full disk a transaction for which the database would have to grow beyond the room there is: it could
    /// be kept, but in the log alone, and whoever reads next would find no room to leave his entry.
    package borrowing func requireRoomToGrow() throws(SQLiteError) {
        guard !handle.isPrivate else { return }
        // What is still in memory goes to the log, which takes its part of the room.
        try handle.check(unsafe sqlite3_db_cacheflush(handle.database))
        var (disk, file) = (statvfs(), stat())
        guard unsafe statvfs(handle.path, &disk) == 0, unsafe stat(handle.path, &file) == 0,
            let pages = Int(try handle.pragma("page_count").first ?? ""),
            let pageBytes = Int(try handle.pragma("page_size").first ?? "")
        else { return }
        guard pages * pageBytes - Int(file.st_size) < Int(disk.f_bavail) * Int(disk.f_frsize) else {
            throw SQLiteError(kind: .full, message: "no room for what the log holds")
        }
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

extension Access {
    /// How much of the file is kept in memory from now on, by this connection alone: SQLite's own 2 MB let a bulk insert
    /// read and write most pages again and again, and who reads rows in no order of their keys read them.
    ///
    /// - Parameter inLargePages: worth it where much is touched; only in the program's first thread.
    package borrowing func keepInMemory(megabytes: Int, inLargePages: Bool = false) throws(SQLiteError) {
        if inLargePages { LargePages.wish(forMegabytes: megabytes) }
        try handle.keepInMemory(megabytes: megabytes)
    }
}

extension Handle {
    func keepInMemory(megabytes: Int) throws(SQLiteError) {
        // Negative: kibibytes instead of pages.
        try pragma("cache_size = -\(megabytes << 10)")
    }
}
