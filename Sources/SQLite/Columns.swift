internal import CSQLite

/// The columns of the row that a statement stands on, by index from 0.
///
/// A column that does not hold what is asked for (NULL included) is an error, never a silent 0 or empty text:
/// the tables are STRICT, so it means a mistake in a query or a file that something else has changed.
extension Statement {
    package func isNull(_ index: Int) -> Bool {
        unsafe sqlite3_column_type(pointer, Int32(index)) == SQLITE_NULL
    }

    package func int64(_ index: Int) throws(SQLiteError) -> Int64 {
        guard unsafe sqlite3_column_type(pointer, Int32(index)) == SQLITE_INTEGER else { throw unexpected(index) }
        return unsafe sqlite3_column_int64(pointer, Int32(index))
    }

    package func int(_ index: Int) throws(SQLiteError) -> Int {
        guard let value = Int(exactly: try int64(index)) else { throw unexpected(index) }
        return value
    }

    /// 0 or 1.
    package func bool(_ index: Int) throws(SQLiteError) -> Bool {
        switch try int64(index) {
        case 0: return false
        case 1: return true
        default: throw unexpected(index)
        }
    }

    /// Text with all its bytes, a NUL inside included. Bytes that are not UTF-8 are an error: repaired text would
    /// differ from what is stored, and be written back over it at the next edit.
    package func text(_ index: Int) throws(SQLiteError) -> String {
        guard unsafe sqlite3_column_type(pointer, Int32(index)) == SQLITE_TEXT,
            let start = unsafe sqlite3_column_text(pointer, Int32(index))
        else { throw unexpected(index) }
        let count = Int(unsafe sqlite3_column_bytes(pointer, Int32(index)))
        let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
        guard let text = unsafe String(validating: bytes, as: UTF8.self) else { throw unexpected(index) }
        return text
    }

    package func optionalInt64(_ index: Int) throws(SQLiteError) -> Int64? {
        isNull(index) ? nil : try int64(index)
    }

    package func optionalInt(_ index: Int) throws(SQLiteError) -> Int? {
        isNull(index) ? nil : try int(index)
    }

    package func optionalBool(_ index: Int) throws(SQLiteError) -> Bool? {
        isNull(index) ? nil : try bool(index)
    }

    package func optionalText(_ index: Int) throws(SQLiteError) -> String? {
        isNull(index) ? nil : try text(index)
    }

    /// The bytes of a text or blob where SQLite keeps them, until the next step. NULL is empty: ask `isNull`.
    ///
    /// Text is not checked to be UTF-8 here.
    @_lifetime(borrow self)
    package func bytes(_ index: Int) throws(SQLiteError) -> Span<UInt8> {
        switch unsafe sqlite3_column_type(pointer, Int32(index)) {
        case SQLITE_TEXT, SQLITE_BLOB, SQLITE_NULL: break
        default: throw unexpected(index)
        }
        // The pointer first: asking for the count first would be right for it alone.
        let start = unsafe sqlite3_column_blob(pointer, Int32(index))
        let count = Int(unsafe sqlite3_column_bytes(pointer, Int32(index)))
        let buffer = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
        let span = unsafe Span<UInt8>(_bytes: RawSpan(_unsafeBytes: buffer))
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// A copy of the bytes of a text or blob.
    package func blob(_ index: Int) throws(SQLiteError) -> [UInt8] {
        try unsafe bytes(index).withUnsafeBufferPointer { unsafe [UInt8]($0) }
    }

    private func unexpected(_ index: Int) -> SQLiteError {
        SQLiteError(
            kind: .unexpectedValue(column: index),
            message: "column \(index) does not hold what is stored there",
            sql: text
        )
    }
}
