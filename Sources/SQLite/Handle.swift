internal import CSQLite

/// The owner of one `sqlite3` connection: its busy handler, its compiled statements, its end.
///
/// It is not Sendable, so one thread at a time uses it, and SQLite's own mutexes are left out.
@safe
final class Handle {
    let database: OpaquePointer
    /// What SQLite takes for a database without a file.
    static let memory = ":memory:"
    /// And what for one in a file without a name.
    static let temporary = ""

    let path: String
    private let flags: Int32
    let busyHandler: BusyHandler
    let statements = StatementTable()

    private var isClosed = false

    /// False only around transactions that were asked for without a sync.
    var isFullySynchronized = true

    /// Whether a transaction that was synced has been kept, for `LogBound`.
    var hasCommitted = false

    private init(_ database: OpaquePointer, path: String, flags: Int32, busyHandler: BusyHandler) {
        unsafe self.database = unsafe database
        self.path = path
        self.flags = flags
        self.busyHandler = busyHandler
    }

    deinit {
        if !isClosed {
            statements.finalize()
            // Nobody is left to be told. `close()` is for those who want to know.
            unsafe sqlite3_close_v2(database)
        }
    }

    /// Nobody asks how much memory SQLite holds, and counting it is a twentieth of a bulk insert. Where somebody has
    /// used SQLite before, it goes on counting: nothing else depends on it.
    private static let countsNoMemory = followup_count_no_memory() == SQLITE_OK

    /// What one statement needs to be undone alone stays in memory up to 31 pages. Beyond SQLite's own 64 kB, which a
    /// row with many indexes can reach, it goes to a file; and from then on that of every statement of the transaction
    /// does, a page at a time. Not more: SQLite 3.40 moves it to the file in one write, and of a write it keeps the
    /// lowest 17 bits of the length, so that 128 kB and more end as a full disk.
    private static let undoesInMemory = followup_undo_in_memory(131_000) == SQLITE_OK

    /// Opens a file that is there, without touching it yet.
    static func open(_ path: String, flags: Int32, busyHandler: BusyHandler) throws(SQLiteError) -> Handle {
        _ = countsNoMemory
        _ = undoesInMemory
        var database: OpaquePointer?
        let allFlags = flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE
        let code = unsafe sqlite3_open_v2(path, &database, allFlags, nil)
        guard code == SQLITE_OK, let database = unsafe database else {
            let error = unsafe SQLiteError.of(database, code)
            unsafe sqlite3_close_v2(database)
            throw error
        }
        let handle = unsafe Handle(database, path: path, flags: flags, busyHandler: busyHandler)
        try handle.check(unsafe sqlite3_extended_result_codes(database, 1))
        try handle.check(unsafe busyHandler.install(on: database))
        LogBound.install(on: handle)
        return handle
    }

    /// A second connection to the same file, with the same patience and none of the other settings.
    func twin() throws(SQLiteError) -> Handle {
        try Handle.open(path, flags: flags, busyHandler: BusyHandler(likewise: busyHandler))
    }

    func close() throws(SQLiteError) {
        guard !isClosed else { return }
        statements.finalize()
        try check(unsafe sqlite3_close(database))
        isClosed = true
    }

    func check(_ code: Int32, sql: String = "") throws(SQLiteError) {
        guard code == SQLITE_OK else { throw unsafe .of(database, code, sql: sql) }
    }

    /// No other connection can come to it.
    var isPrivate: Bool { path == Handle.memory || path == Handle.temporary }

    /// An error with its cause found out: a lock may be kept from this connection by another, or from everybody by the
    /// drive.
    func explained(_ error: SQLiteError) -> SQLiteError {
        guard error.kind == .busy, !isPrivate, !LockProbe.grantsLocks(beside: path) else { return error }
        return SQLiteError(
            code: error.code,
            extendedCode: error.extendedCode,
            kind: .locksRefused,
            message: "the file system grants no locks",
            sql: error.sql
        )
    }

    /// Whether another file has taken the place of the one that is open, or none.
    var isReplaced: Bool {
        var hasMoved: Int32 = 0
        let code = unsafe sqlite3_file_control(database, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved)
        return code == SQLITE_OK && hasMoved != 0
    }

    /// Changes with each commit, of this connection and, once it reads or writes again, of any other.
    var dataVersion: UInt32 {
        var version: UInt32 = 0
        // It fails for a database that is not open, and this one is.
        unsafe sqlite3_file_control(database, "main", SQLITE_FCNTL_DATA_VERSION, &version)
        return version
    }

    var isInTransaction: Bool { unsafe sqlite3_get_autocommit(database) == 0 }

    /// The compiled form of a literal, made at its first use.
    func statement(_ sql: SQL, forCaller: Bool = false) throws(SQLiteError) -> CachedStatement {
        if let found = statements.find(sql) { return found }
        let made = try unsafe CachedStatement(sql, on: database, forCaller: forCaller)
        statements.insert(made, under: sql.fingerprint)
        return made
    }

    /// Runs a statement of this module, such as BEGIN, to its end.
    func run(_ sql: SQL) throws(SQLiteError) {
        try run(sql, try statement(sql))
    }

    /// Runs a statement to its end.
    func run(_ sql: SQL, _ cached: CachedStatement) throws(SQLiteError) {
        let pointer = try unsafe cached.take()
        try unsafe sql.bytes.withUnsafeBufferPointer { (bytes) throws(SQLiteError) in
            defer { unsafe cached.giveBack(pointer) }
            try unsafe Parameters.bind(sql, bytes, .lent, to: pointer, of: cached)
            var code = SQLITE_ROW
            while code == SQLITE_ROW { code = unsafe sqlite3_step(pointer) }
            guard code == SQLITE_DONE else { throw unsafe .of(database, code, sql: cached.text) }
        }
    }

    /// Runs one PRAGMA and returns the first column of its rows as text.
    ///
    /// Never from the cache: many take effect when they are compiled, not when they are run.
    @discardableResult
    func pragma(_ text: String) throws(SQLiteError) -> [String] {
        var script = try Script(Array("PRAGMA \(text)".utf8))
        guard let pointer = try unsafe script.next(on: database) else { return [] }
        defer { unsafe sqlite3_finalize(pointer) }
        var rows: [String] = []
        while true {
            let code = unsafe sqlite3_step(pointer)
            if code == SQLITE_DONE { return rows }
            guard code == SQLITE_ROW else { throw unsafe .of(database, code, sql: "PRAGMA \(text)") }
            if let value = unsafe sqlite3_column_text(pointer, 0) {
                unsafe rows.append(String(cString: value))
            }
        }
    }
}
