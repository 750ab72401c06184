internal import CSQLite

/// One setting of a connection, as it must be and as it is.
package struct Setting: Sendable, Equatable {
    package let name: String
    package let expected: String
    package let actual: String
    package var isRight: Bool { expected == actual }
}

extension Connection {
    /// Every setting as SQLite reports it now, for `check`.
    package func settings() throws(SQLiteError) -> [Setting] {
        try handle.settings()
    }
}

extension Handle {
    private enum Wanted {
        /// A ceiling of `sqlite3_limit`.
        static let limits: [(name: String, code: Int32, value: Int32)] = [
            // The largest value or row; a note of a megabyte is already a mistake.
            ("limit_length", SQLITE_LIMIT_LENGTH, 16 << 20),
            ("limit_sql_length", SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
            ("limit_attached", SQLITE_LIMIT_ATTACHED, 0),
            // What a crafted schema could use to exhaust the machine; all arbitrary, and far above what the program's
            // own statements take.
            ("limit_columns", SQLITE_LIMIT_COLUMN, 200),
            ("limit_expression_depth", SQLITE_LIMIT_EXPR_DEPTH, 200),
            ("limit_compound_select", SQLITE_LIMIT_COMPOUND_SELECT, 50),
            ("limit_statement_steps", SQLITE_LIMIT_VDBE_OP, 100_000),
            ("limit_function_arguments", SQLITE_LIMIT_FUNCTION_ARG, 32),
            ("limit_pattern_length", SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000),
            ("limit_parameters", SQLITE_LIMIT_VARIABLE_NUMBER, 1000),
            ("limit_trigger_depth", SQLITE_LIMIT_TRIGGER_DEPTH, 10),
            ("limit_worker_threads", SQLITE_LIMIT_WORKER_THREADS, 0),
        ]

        /// A switch of `sqlite3_db_config`.
        static let switches: [(name: String, code: Int32, isOn: Bool)] = [
            ("defensive", SQLITE_DBCONFIG_DEFENSIVE, true),
            ("trusted_schema", SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
            ("load_extension", SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, false),
            ("double_quoted_text_in_statements", SQLITE_DBCONFIG_DQS_DML, false),
            ("double_quoted_text_in_schema", SQLITE_DBCONFIG_DQS_DDL, false),
            ("foreign_keys", SQLITE_DBCONFIG_ENABLE_FKEY, true),
            // The last one to close would else copy the whole log and sync three times more.
            ("no_checkpoint_on_close", SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
        ]

        /// A PRAGMA that belongs to the connection.
        static let pragmas: [(name: String, value: String)] = [
            // What is deleted is overwritten: these are health data.
            ("secure_delete", "1"),
            ("cell_size_check", "1"),
            // 1 is FILE: an import spools more than memory should hold. The file has no name; who spools puts it into
            // the database's own folder by SQLITE_TMPDIR, so that no health data lands in /var/tmp.
            ("temp_store", "1"),
            // 2 is FULL: with NORMAL a power cut loses commits that were acknowledged.
            ("synchronous", "2"),
        ]
    }

    var isReadOnly: Bool { unsafe sqlite3_db_readonly(database, "main") == 1 }

    /// A file that cannot be written is read as it is.
    private var usesWriteAheadLog: Bool { !isReadOnly && !isPrivate }

    func setUp(creating: Bool, applicationID: Int32) throws(SQLiteError) {
        do throws(SQLiteError) {
            try applySettings(creating: creating, applicationID: applicationID)
        } catch {
            throw explained(error)
        }
    }

    private func applySettings(creating: Bool, applicationID: Int32) throws(SQLiteError) {
        for limit in Wanted.limits { unsafe sqlite3_limit(database, limit.code, limit.value) }
        for wanted in Wanted.switches { _ = try turn(wanted.code, wanted.isOn) }
        if creating { try pragma("application_id = \(applicationID)") }
        // The first look into the file.
        guard try pragma("application_id") == ["\(applicationID)"] else {
            throw SQLiteError(kind: .notADatabase, message: "the file belongs to another program")
        }
        for wanted in Wanted.pragmas { try pragma("\(wanted.name) = \(wanted.value)") }
        if usesWriteAheadLog { try useWriteAheadLog() }
        for setting in try settings() where !setting.isRight {
            throw SQLiteError(kind: .setting(setting.name), message: "\(setting.name) stays \(setting.actual)")
        }
    }

    func settings() throws(SQLiteError) -> [Setting] {
        var result: [Setting] = []
        for limit in Wanted.limits {
            let actual = unsafe sqlite3_limit(database, limit.code, -1)
            result.append(Setting(name: limit.name, expected: "\(limit.value)", actual: "\(actual)"))
        }
        for wanted in Wanted.switches {
            let actual = try turn(wanted.code, nil)
            result.append(
                Setting(name: wanted.name, expected: wanted.isOn ? "on" : "off", actual: actual ? "on" : "off")
            )
        }
        for wanted in Wanted.pragmas {
            let actual = try pragma(wanted.name).first ?? ""
            result.append(Setting(name: wanted.name, expected: wanted.value, actual: actual))
        }
        if usesWriteAheadLog {
            let actual = try pragma("journal_mode").first ?? ""
            result.append(Setting(name: "journal_mode", expected: "wal", actual: actual))
        }
        return result
    }

    /// Foreign keys are off only while a migration rebuilds tables. Inside a transaction the switch has no effect.
    func enforceForeignKeys(_ isOn: Bool) throws(SQLiteError) {
        guard try turn(SQLITE_DBCONFIG_ENABLE_FKEY, isOn) == isOn else {
            throw SQLiteError(kind: .setting("foreign_keys"), message: "foreign_keys cannot be changed")
        }
    }

    /// FULL or NORMAL. Inside a transaction the setting cannot be changed.
    func synchronize(fully: Bool) throws(SQLiteError) {
        guard fully != isFullySynchronized else { return }
        try pragma("synchronous = \(fully ? "FULL" : "NORMAL")")
        guard try pragma("synchronous") == [fully ? "2" : "1"] else {
            throw SQLiteError(kind: .setting("synchronous"), message: "synchronous cannot be changed")
        }
        isFullySynchronized = fully
    }

    /// Sets a switch, or leaves it when `isOn` is nil, and returns what it is afterwards.
    private func turn(_ code: Int32, _ isOn: Bool?) throws(SQLiteError) -> Bool {
        var actual: Int32 = -1
        let value: Int32 = isOn.map { $0 ? 1 : 0 } ?? -1
        try check(unsafe followup_db_config(database, code, value, &actual))
        return actual != 0
    }

    private func useWriteAheadLog() throws(SQLiteError) {
        guard try pragma("journal_mode") != ["wal"] else { return }
        // SQLite does not call the busy handler for this change of mode.
        var attempt: Int32 = 0
        while true {
            do throws(SQLiteError) {
                try pragma("journal_mode = WAL")
                return
            } catch {
                guard error.kind == .busy, busyHandler.waitAgain(attempt: attempt) else { throw error }
                attempt += 1
            }
        }
    }
}
