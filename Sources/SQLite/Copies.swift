internal import CSQLite

// Copies are taken through a second connection, so that one can be made while this one holds the write lock, as
// before an upgrade. Both are new files that only their owner can read; a file that is there is refused.
extension Connection {
    /// Copies the database as it is now, page by page, while others go on reading and writing.
    ///
    /// - Parameters:
    ///   - progress: is told the pages done and in all.
    ///   - checking: looks at the finished copy under the name it has until then; when it throws, there is no copy.
    package func backup(
        to path: String,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in },
        checking: (_ unfinished: String) throws -> Void = { _ in }
    ) throws {
        try NewFile.publish(path) { unfinished in
            try copy(into: unfinished, progress: progress)
            try checking(unfinished)
        }
    }

    /// Copies the database as it is now into an empty file that is there.
    ///
    /// The file is not yet on the disk afterwards, and a half of it must not be mistaken for a database: this is for
    /// files that get their name later, as `NewFile.publish` does it.
    package func copy(
        into path: String,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(SQLiteError) {
        let source = try handle.twin()
        // One snapshot from first page to last: a writer would else make the copy start over, perhaps for ever.
        try source.begin(.reading)
        let target = try Handle.open(path, flags: SQLiteFlags.readWrite, busyHandler: source.busyHandler)
        // The file has no name of its own yet and is synced as a whole, so it needs no journal.
        try target.pragma("journal_mode = OFF")
        try target.pragma("synchronous = OFF")
        try target.copyPages(from: source, progress)
        try target.close()
        try source.commit()
        try source.close()
    }

    /// Writes a compact copy, without free pages and what was deleted in them.
    package func vacuum(into path: String) throws {
        let source = try handle.twin()
        try NewFile.publish(path) { unfinished in
            try source.run("VACUUM INTO \(unfinished)")
        }
        try source.close()
    }
}

extension Handle {
    fileprivate func copyPages(from source: Handle, _ progress: (Int, Int) -> Void) throws(SQLiteError) {
        // 4 MB at a time, arbitrary: often enough for a progress bar.
        let pagesPerStep: Int32 = 1024
        guard let copy = unsafe sqlite3_backup_init(database, "main", source.database, "main") else {
            throw unsafe .of(database, sqlite3_errcode(database))
        }
        var code = SQLITE_OK
        while code == SQLITE_OK {
            code = unsafe sqlite3_backup_step(copy, pagesPerStep)
            let total = Int(unsafe sqlite3_backup_pagecount(copy))
            progress(total - Int(unsafe sqlite3_backup_remaining(copy)), total)
        }
        let outcome = unsafe sqlite3_backup_finish(copy)
        guard code == SQLITE_DONE, outcome == SQLITE_OK else {
            throw unsafe .of(database, code == SQLITE_DONE ? outcome : code)
        }
    }
}
