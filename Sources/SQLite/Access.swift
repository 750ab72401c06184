/// The mode of an access that may only read.
package enum Reading {}

/// The mode of an access that may also write.
package enum Writing {}

/// What may be done inside one transaction. It cannot leave the closure that it was given to.
///
/// Code that only reads takes `borrowing Access<Mode>` for any `Mode` and works in both.
package struct Access<Mode>: ~Copyable, ~Escapable {
    let handle: Handle
    private let mayWrite: Bool

    /// Only `Connection` makes one, after BEGIN.
    ///
    /// Not inlined: the optimizer of Swift 6.3 would build the value from a borrowed handle and then crash.
    @inline(never)
    @_lifetime(borrow connection)
    init(_ connection: borrowing Connection) {
        handle = connection.handle
        mayWrite = Mode.self == Writing.self
    }

    /// The state of the database in this transaction, before it writes anything: as long as it stays the same, nobody
    /// has committed anything.
    package var dataVersion: UInt32 { handle.dataVersion }

    /// Starts a statement. Several may run at once, of the same literal too.
    @_lifetime(borrow self)
    package borrowing func query(_ sql: SQL) throws(SQLiteError) -> Statement {
        try Statement(sql, in: self)
    }

    /// Calls `body` on every row.
    package borrowing func forEach(_ sql: SQL, _ body: (borrowing Statement) throws -> Void) throws {
        var rows = try query(sql)
        while try rows.next() { try body(rows) }
    }

    /// What `map` makes of every row.
    package borrowing func all<T>(_ sql: SQL, _ map: (borrowing Statement) throws -> T) throws -> [T] {
        var result: [T] = []
        var rows = try query(sql)
        while try rows.next() { result.append(try map(rows)) }
        return result
    }

    /// What `map` makes of the first row; nil when there is none. Further rows are not looked at.
    package borrowing func first<T>(_ sql: SQL, _ map: (borrowing Statement) throws -> T) throws -> T? {
        var rows = try query(sql)
        return try rows.next() ? try map(rows) : nil
    }

    /// The compiled form of a statement that this access may run.
    func permitted(_ sql: SQL) throws(SQLiteError) -> CachedStatement {
        // A full disk and the like end the transaction inside SQLite. Whoever went on after such an error would
        // write row by row without one.
        guard handle.isInTransaction else { throw .misuse("the transaction has ended", sql: sql.text) }
        let cached = try handle.statement(sql, forCaller: true)
        switch cached.effect {
        case .reads: return cached
        case .writes where mayWrite: return cached
        case .writes: throw .misuse("a write inside a read", sql: sql.text)
        case .controls: throw .misuse("not a statement for callers", sql: sql.text)
        }
    }
}
