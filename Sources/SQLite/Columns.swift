internal import CSQLite

/// The columns of the row that a statement stands on, by index from 0.
///
/// A column that does not hold what is asked for (NULL included) is an error, never a silent 0 or empty text:
/// the tables are STRICT, so it means a mistake in a query or a file that something else has changed.
///
/// A column is fetched once and then asked for its type and its value: to fetch it for each costs more than both. Only
/// where a connection takes no mutex, as those of this module do, may SQLite be asked in this way.
extension Statement {
    package func isNull(_ index: Int) -> Bool {
        unsafe sqlite3_column_type(pointer, Int32(index)) == SQLITE_NULL
    }

    package func int64(_ index: Int) throws(SQLiteError) -> Int64 {
        let value = unsafe sqlite3_column_value(pointer, Int32(index))
        guard unsafe sqlite3_value_type(value) == SQLITE_INTEGER else { throw unexpected(index) }
        return unsafe sqlite3_value_int64(value)
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
        let value = unsafe sqlite3_column_value(pointer, Int32(index))
        guard unsafe sqlite3_value_type(value) == SQLITE_TEXT, let text = unsafe Self.string(Self.memory(of: value))
        else {
            throw unexpected(index)
        }
        return text
    }

    package func optionalInt64(_ index: Int) throws(SQLiteError) -> Int64? {
        let value = unsafe sqlite3_column_value(pointer, Int32(index))
        switch unsafe sqlite3_value_type(value) {
        case SQLITE_INTEGER: return unsafe sqlite3_value_int64(value)
        case SQLITE_NULL: return nil
        default: throw unexpected(index)
        }
    }

    /// The whole numbers of neighboring columns, as many as there is room for: for who reads many of many rows.
    package func optionalInt64s(from first: Int, into numbers: inout MutableSpan<Int64?>) throws(SQLiteError) {
        for place in numbers.indices { numbers[place] = try optionalInt64(first + place) }
    }

    package func optionalInt(_ index: Int) throws(SQLiteError) -> Int? {
        guard let number = try optionalInt64(index) else { return nil }
        guard let value = Int(exactly: number) else { throw unexpected(index) }
        return value
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
        let value = unsafe sqlite3_column_value(pointer, Int32(index))
        switch unsafe sqlite3_value_type(value) {
        case SQLITE_TEXT, SQLITE_BLOB, SQLITE_NULL: break
        default: throw unexpected(index)
        }
        let span = unsafe Span<UInt8>(_unsafeElements: Self.memory(of: value))
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// Appends the bytes of a text to others, without a String between. Bytes that are not UTF-8 are an error.
    ///
    /// - Returns: where they stand.
    package func appendText(_ index: Int, to all: inout [UInt8]) throws(SQLiteError) -> Range<Int> {
        guard let place = try appendOptionalText(index, to: &all) else { throw unexpected(index) }
        return place
    }

    package func appendOptionalText(_ index: Int, to all: inout [UInt8]) throws(SQLiteError) -> Range<Int>? {
        let value = unsafe sqlite3_column_value(pointer, Int32(index))
        let type = unsafe sqlite3_value_type(value)
        if type == SQLITE_NULL { return nil }
        guard type == SQLITE_TEXT else { throw unexpected(index) }
        let bytes = unsafe Self.memory(of: value)
        guard unsafe Self.isASCII(bytes) || Self.string(bytes) != nil else { throw unexpected(index) }
        let start = all.count
        unsafe all.append(contentsOf: bytes)
        return start..<all.count
    }

    /// Text of bytes; nil when they are not UTF-8.
    private static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        // What is ASCII throughout is UTF-8. To validate takes as much again as to read, whatever the length: the standard
        // library looks up the types that it needs for it.
        unsafe isASCII(bytes) ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
    }

    private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var bits: UInt8 = 0
        for place in bytes.indices { bits |= unsafe bytes[place] }
        return bits < 0x80
    }

    /// The bytes of a text or blob where SQLite keeps them.
    private static func memory(of value: OpaquePointer?) -> UnsafeBufferPointer<UInt8> {
        // The pointer first: asking for the count first would be right for it alone.
        let start = unsafe sqlite3_value_blob(value)
        let count = Int(unsafe sqlite3_value_bytes(value))
        let bytes = unsafe start.map { unsafe $0.assumingMemoryBound(to: UInt8.self) }
        return unsafe UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : count)
    }

    /// A copy of the bytes of a text or blob.
    package func blob(_ index: Int) throws(SQLiteError) -> [UInt8] {
        try unsafe bytes(index).withUnsafeBufferPointer { unsafe [UInt8]($0) }
    }

    package func unexpected(_ index: Int) -> SQLiteError {
        SQLiteError(
            kind: .unexpectedValue(column: index),
            message: "column \(index) does not hold what is stored there",
            sql: text
        )
    }
}
