internal import SQLite

// Where the stores read rows into an array or one value, as the access itself does. A function of another module is not
// compiled anew for each type that it is used with: there an array grows without knowing what it holds, at a thousand
// instructions for each row.
extension Access {
    /// What `map` makes of every row.
    @inline(__always)
    borrowing func all<T>(_ sql: SQL, _ map: (borrowing Statement) throws -> T) throws -> [T] {
        var result: [T] = []
        var rows = try query(sql)
        while try rows.next() { result.append(try map(rows)) }
        return result
    }

    /// What `map` makes of the first row; nil when there is none. Further rows are not looked at.
    @inline(__always)
    borrowing func first<T>(_ sql: SQL, _ map: (borrowing Statement) throws -> T) throws -> T? {
        var rows = try query(sql)
        return try rows.next() ? try map(rows) : nil
    }
}
