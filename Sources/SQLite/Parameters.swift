internal import CSQLite

/// Gives the interpolated values of a statement to SQLite.
enum Parameters {
    /// Whose memory a text or blob is read from while the statement runs.
    enum Memory {
        /// SQLite makes a copy of each: the statement may outlive its `SQL` value.
        case copied
        /// The bytes stay where they are until the statement has been given back. Copies cost a tenth of a bulk insert.
        case lent
    }

    /// `bytes` are those of `sql`.
    static func bind(
        _ sql: SQL,
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ memory: Memory,
        to pointer: OpaquePointer,
        of cached: CachedStatement
    ) throws(SQLiteError) {
        var index: Int32 = 0
        for part in sql.parts {
            guard let value = part.value else { continue }
            index += 1
            let code = unsafe bind(value, bytes, memory, to: pointer, at: index)
            guard code == SQLITE_OK else {
                throw unsafe .of(sqlite3_db_handle(pointer), code, sql: cached.text)
            }
        }
    }

    // Text goes with its byte count: with a terminator instead, a NUL inside would cut it short.
    private static func bind(
        _ value: SQL.Value,
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ memory: Memory,
        to pointer: OpaquePointer,
        at index: Int32
    ) -> Int32 {
        let stays: Int32 = memory == .lent ? 1 : 0
        switch value {
        case .null:
            return unsafe sqlite3_bind_null(pointer, index)
        case .integer(let number):
            return unsafe sqlite3_bind_int64(pointer, index, number)
        case .text(let start, let count):
            let place = unsafe bytes.baseAddress.map { unsafe $0 + start }
            return unsafe followup_bind_bytes(pointer, index, place, UInt64(count), 1, stays)
        case .blob(let start, let count):
            let place = unsafe bytes.baseAddress.map { unsafe $0 + start }
            return unsafe followup_bind_bytes(pointer, index, place, UInt64(count), 0, stays)
        }
    }
}
