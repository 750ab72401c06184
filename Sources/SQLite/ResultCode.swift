internal import CSQLite
internal import Glibc

extension SQLiteError {
    /// The error behind a result code that `database` has just returned.
    ///
    /// SQLite's own message can quote a bound value (a JSON path, a search term), so it is shown only for the
    /// constraint family, which names the schema, and while compiling, when nothing is bound yet.
    static func of(
        _ database: OpaquePointer?,
        _ resultCode: Int32,
        sql: String = "",
        whileCompiling: Bool = false
    ) -> SQLiteError {
        var extended = resultCode
        if let database = unsafe database, unsafe sqlite3_errcode(database) & 0xFF == resultCode & 0xFF {
            extended = unsafe sqlite3_extended_errcode(database)
        }
        let code = extended & 0xFF
        let systemError = unsafe database.map { unsafe sqlite3_system_errno($0) } ?? 0
        var message = unsafe String(cString: sqlite3_errstr(extended))
        if code == SQLITE_CONSTRAINT || whileCompiling && code == SQLITE_ERROR, let database = unsafe database {
            message = unsafe String(cString: sqlite3_errmsg(database))
        }
        return SQLiteError(
            code: code,
            extendedCode: extended,
            kind: unsafe code == SQLITE_CORRUPT && couldNotRead(database)
                ? .inputOutput : kind(code, extended, systemError, message),
            message: message,
            sql: sql
        )
    }

    /// SQLite takes a file that the disk cannot read for a damaged one. But a network drive comes back, and a backup that
    /// is restored over what was entered since does not.
    static func couldNotRead(_ database: OpaquePointer?) -> Bool {
        guard let database = unsafe database else { return false }
        return [Int32(0), 1].contains { file in
            let cause = unsafe followup_last_system_error(database, file)
            // The same that SQLite asks for.
            return [EIO, ENXIO, ERANGE].contains(cause)
        }
    }

    static func misuse(_ message: String, sql: String = "") -> SQLiteError {
        SQLiteError(kind: .misuse, message: message, sql: sql)
    }

    private static func kind(_ code: Int32, _ extended: Int32, _ systemError: Int32, _ message: String) -> Kind {
        switch code {
        case SQLITE_NOTADB: .notADatabase
        case SQLITE_CORRUPT: .corrupt
        // READONLY_DBMOVED: the file was taken out of its place while this connection waited for it.
        case SQLITE_READONLY where extended == SQLITE_READONLY | (4 << 8): .replaced
        case SQLITE_READONLY, SQLITE_PERM: .readOnly
        // PROTOCOL is what too many connections starting at once look like in WAL mode.
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: .busy
        case SQLITE_FULL: .full
        case SQLITE_NOMEM: .outOfMemory
        // The shared-memory file beside the database meets a full disk as an input/output error.
        case SQLITE_IOERR, SQLITE_CANTOPEN:
            switch systemError {
            case ENOSPC, EDQUOT: .full
            case ENOMEM: .outOfMemory
            case EROFS: .readOnly
            // The database itself is there, that was looked at: it is one of the files beside it.
            default: code == SQLITE_IOERR ? .inputOutput : .cannotOpen(systemError == EACCES ? .noPermission : .other)
            }
        case SQLITE_CONSTRAINT: .constraint(constraintName(extended, message))
        case SQLITE_INTERRUPT: .interrupted
        case SQLITE_TOOBIG: .tooBig
        case SQLITE_MISUSE, SQLITE_RANGE: .misuse
        default: .other
        }
    }

    /// What the schema calls the constraint that failed, out of SQLite's fixed wordings for them.
    private static func constraintName(_ extended: Int32, _ message: String) -> String {
        switch extended {
        case SQLITE_CONSTRAINT | (3 << 8):  // FOREIGNKEY: SQLite does not say which one.
            return "FOREIGN KEY"
        case SQLITE_CONSTRAINT | (12 << 8):  // DATATYPE: "cannot store TEXT value in INTEGER column visit.minutes"
            return message.split(separator: " ").last.map(String.init) ?? message
        case SQLITE_CONSTRAINT | (7 << 8):  // TRIGGER: the words of its RAISE.
            return message
        default:  // "UNIQUE constraint failed: visit.id", and alike for CHECK and NOT NULL
            let marker = "constraint failed: "
            guard let start = message.firstRange(of: marker)?.upperBound else { return message }
            return String(message[start...])
        }
    }
}

extension SQLiteError.Obstacle {
    package static func of(_ systemError: Int32) -> SQLiteError.Obstacle {
        switch systemError {
        case ENOENT, ENOTDIR: .missing
        case EISDIR: .isDirectory
        case EEXIST: .alreadyExists
        case EACCES, EPERM: .noPermission
        default: .other
        }
    }
}
