internal import CSQLite

/// A running statement: a cursor that is pulled row by row. It cannot outlive the access that made it.
@safe
package struct Statement: ~Copyable, ~Escapable {
    let pointer: OpaquePointer
    private let cached: CachedStatement
    private var isDone = false

    @_lifetime(borrow access)
    init<Mode>(_ sql: SQL, in access: borrowing Access<Mode>) throws(SQLiteError) {
        let cached = try access.permitted(sql)
        let pointer = try unsafe cached.take()
        do throws(SQLiteError) {
            try unsafe sql.bytes.withUnsafeBufferPointer { (bytes) throws(SQLiteError) in
                try unsafe Parameters.bind(sql, bytes, .copied, to: pointer, of: cached)
            }
        } catch {
            unsafe cached.giveBack(pointer)
            throw error
        }
        unsafe self.pointer = unsafe pointer
        self.cached = cached
    }

    deinit {
        unsafe cached.giveBack(pointer)
    }

    /// Moves to the next row; at first, to the first. False at the end, and from then on.
    @_lifetime(self: copy self)
    package mutating func next() throws(SQLiteError) -> Bool {
        // SQLite would start over after the last row, and insert once more.
        guard !isDone else { return false }
        let code = unsafe sqlite3_step(pointer)
        if code == SQLITE_ROW { return true }
        isDone = true
        if code == SQLITE_DONE { return false }
        throw unsafe .of(sqlite3_db_handle(pointer), code, sql: cached.text)
    }

    /// The statement with `?1`, `?2` … in place of its values.
    var text: String { cached.text }
}
