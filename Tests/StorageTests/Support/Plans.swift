import CSQLite
import Storage

@testable import SQLite

extension Access {
    /// How SQLite would carry out a statement, line by line.
    borrowing func plan(of statement: SQL) throws -> [String] {
        try all("EXPLAIN QUERY PLAN \(statement)") { try $0.text(3) }
    }
}

extension Connection {
    /// The plan of every statement that stores have run on this connection, by the statement's text.
    borrowing func plans() throws -> [String: [String]] {
        var plans: [String: [String]] = [:]
        for cached in handle.statements.values where cached.effect != .controls {
            plans[cached.text] = try plan(ofText: cached.text)
        }
        return plans
    }

    private borrowing func plan(ofText text: String) throws -> [String] {
        var script = try Script(Array("EXPLAIN QUERY PLAN \(text)".utf8))
        guard let pointer = try unsafe script.next(on: handle.database) else { return [] }
        defer { unsafe sqlite3_finalize(pointer) }
        var lines: [String] = []
        while unsafe sqlite3_step(pointer) == SQLITE_ROW {
            if let line = unsafe sqlite3_column_text(pointer, 3) { unsafe lines.append(String(cString: line)) }
        }
        return lines
    }
}
