extension Connection {
    /// Takes the database for this connection alone until it is closed: the log is emptied into the file and removed,
    /// and nobody else can read or write.
    ///
    /// For taking the file out of its place as a whole. Whoever waits meanwhile finds afterwards that it was replaced.
    ///
    /// - Throws: `.busy` when another connection has it open past the deadline.
    package borrowing func seclude() throws(SQLiteError) {
        var attempt: Int32 = 0
        // SQLite does not call the busy handler for this change of mode.
        while true {
            do throws(SQLiteError) {
                guard try handle.pragma("journal_mode = DELETE") == ["delete"] else {
                    throw SQLiteError(kind: .busy, message: "the log is in use")
                }
                break
            } catch {
                guard error.kind == .busy, handle.busyHandler.waitAgain(attempt: attempt) else { throw error }
                attempt += 1
            }
        }
        try handle.run("BEGIN EXCLUSIVE")
    }
}
