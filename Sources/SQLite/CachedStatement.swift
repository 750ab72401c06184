internal import CSQLite

/// The compiled forms of one SQL literal on one connection.
///
/// A statement that is needed while it is already running gets a second form.
@safe
final class CachedStatement {
    enum Effect {
        case reads
        case writes
        /// Transactions, ATTACH, PRAGMA and the like: for this module alone.
        case controls
    }

    private struct Segment: Equatable {
        let address: UInt
        let count: Int
        let hasValue: Bool

        init(_ literal: StaticString, hasValue: Bool) {
            address = unsafe UInt(bitPattern: literal.utf8Start)
            count = literal.utf8CodeUnitCount
            self.hasValue = hasValue
        }
    }

    let effect: Effect
    let text: String
    private let segments: [Segment]
    private let hasValues: Bool
    private let database: OpaquePointer
    /// A form that nobody uses: as a rule the only one.
    private var idle: OpaquePointer?
    /// The others that nobody uses.
    private var moreIdle: [OpaquePointer] = unsafe []

    init(_ sql: SQL, on database: OpaquePointer, forCaller: Bool) throws(SQLiteError) {
        unsafe self.database = unsafe database
        text = sql.text
        segments =
            sql.parts.map { Segment($0.literal, hasValue: $0.value != nil) }
            + [Segment(sql.tail, hasValue: false)]
        let values = sql.parts.count { $0.value != nil }
        hasValues = values > 0
        let isOrdinary = try Script(Array(text.utf8)).nextIsOrdinary
        guard isOrdinary || !forCaller else { throw .misuse("not a statement for callers", sql: text) }
        let first = try unsafe CachedStatement.compile(text, on: database)
        let onlyReads = unsafe sqlite3_stmt_readonly(first) != 0
        effect = !isOrdinary ? .controls : onlyReads ? .reads : .writes
        unsafe idle = unsafe first
        guard unsafe Int(sqlite3_bind_parameter_count(first)) == values else {
            finalize()
            throw .misuse("the statement's parameters are not its interpolated values", sql: text)
        }
    }

    /// Literals are told apart by address: the source code has one of each, and comparing text would cost more.
    func matches(_ sql: SQL) -> Bool {
        guard segments.count == sql.parts.count + 1 else { return false }
        for index in sql.parts.indices {
            let part = sql.parts[index]
            guard segments[index] == Segment(part.literal, hasValue: part.value != nil) else { return false }
        }
        return segments[sql.parts.count] == Segment(sql.tail, hasValue: false)
    }

    func take() throws(SQLiteError) -> OpaquePointer {
        if let pointer = unsafe idle {
            unsafe idle = nil
            return unsafe pointer
        }
        if let pointer = unsafe moreIdle.popLast() { return unsafe pointer }
        return try unsafe CachedStatement.compile(text, on: database)
    }

    /// Ends the statement's run and forgets its values.
    ///
    /// The code of the reset repeats what the last step said, and that was thrown then.
    func giveBack(_ pointer: OpaquePointer) {
        unsafe sqlite3_reset(pointer)
        if hasValues { unsafe sqlite3_clear_bindings(pointer) }
        if unsafe idle == nil {
            unsafe idle = unsafe pointer
        } else {
            unsafe moreIdle.append(pointer)
        }
    }

    func finalize() {
        unsafe sqlite3_finalize(idle)
        unsafe idle = nil
        while let pointer = unsafe moreIdle.popLast() { unsafe sqlite3_finalize(pointer) }
    }

    private static func compile(_ text: String, on database: OpaquePointer) throws(SQLiteError) -> OpaquePointer {
        var script = try Script(Array(text.utf8))
        guard let pointer = try unsafe script.next(on: database, flags: UInt32(SQLITE_PREPARE_PERSISTENT)) else {
            throw .misuse("no statement", sql: text)
        }
        guard script.isAtEnd else {
            unsafe sqlite3_finalize(pointer)
            throw .misuse("more than one statement", sql: text)
        }
        return unsafe pointer
    }
}
