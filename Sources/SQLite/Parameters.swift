internal import CSQLite

/// Gives the interpolated values of a statement to SQLite.
///
/// Text goes with its byte count: with a terminator instead, a NUL inside would cut it short.
enum Parameters {
    static func bind(
        _ sql: SQL,
        to pointer: OpaquePointer,
        of cached: CachedStatement,
        _ room: BindingRoom?
    ) throws(SQLiteError) {
        room?.makeRoom(for: sql)
        var index: Int32 = 0
        for part in sql.parts {
            guard let value = part.value else { continue }
            index += 1
            let code = unsafe bind(value, to: pointer, at: index, room)
            guard code == SQLITE_OK else {
                throw unsafe .of(sqlite3_db_handle(pointer), code, sql: cached.text)
            }
        }
    }

    private static func bind(
        _ value: SQL.Value,
        to pointer: OpaquePointer,
        at index: Int32,
        _ room: BindingRoom?
    ) -> Int32 {
        switch value {
        case .null:
            return unsafe sqlite3_bind_null(pointer, index)
        case .integer(let number):
            return unsafe sqlite3_bind_int64(pointer, index, number)
        case .text(var text):
            return text.withUTF8 { unsafe bind(UnsafeRawBufferPointer($0), isText: true, to: pointer, at: index, room) }
        case .blob(let bytes):
            return unsafe bytes.withUnsafeBytes { unsafe bind($0, isText: false, to: pointer, at: index, room) }
        }
    }

    private static func bind(
        _ bytes: UnsafeRawBufferPointer,
        isText: Bool,
        to pointer: OpaquePointer,
        at index: Int32,
        _ room: BindingRoom?
    ) -> Int32 {
        let kept = unsafe room?.keep(bytes) ?? bytes
        let count = UInt64(kept.count)
        return unsafe followup_bind_bytes(pointer, index, kept.baseAddress, count, isText ? 1 : 0, room == nil ? 0 : 1)
    }
}

/// Memory for the texts and blobs of one execution, used again by the next.
///
/// A String has no stable address, so SQLite would else allocate a copy of each value: a fifth of a bulk insert.
@safe
final class BindingRoom {
    private var start: UnsafeMutableRawPointer
    private var capacity = 4096
    private var used = 0

    init() {
        unsafe start = .allocate(byteCount: capacity, alignment: 1)
    }

    deinit {
        unsafe start.deallocate()
    }

    /// Forgets the values before, and grows once for all that come, so that none of them moves later.
    func makeRoom(for sql: SQL) {
        used = 0
        var needed = 0
        for part in sql.parts {
            switch part.value {
            case .text(let text): needed += text.utf8.count
            case .blob(let bytes): needed += bytes.count
            case .integer, .null, nil: break
            }
        }
        guard needed > capacity else { return }
        unsafe start.deallocate()
        capacity = needed
        unsafe start = .allocate(byteCount: needed, alignment: 1)
    }

    /// Copies the bytes to where they stay until the next `makeRoom`.
    func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        precondition(bytes.count <= capacity - used, "makeRoom counted other values")
        let place = unsafe start + used
        if let source = bytes.baseAddress { unsafe place.copyMemory(from: source, byteCount: bytes.count) }
        used += bytes.count
        return unsafe UnsafeRawBufferPointer(start: place, count: bytes.count)
    }
}
