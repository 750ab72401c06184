internal import CSQLite

/// SQL text that is compiled statement by statement.
struct Script {
    /// With a NUL at the end, which spares SQLite a copy.
    private let bytes: [UInt8]
    private var offset = 0

    init(_ text: [UInt8]) throws(SQLiteError) {
        guard !text.contains(0) else { throw .misuse("the SQL text holds a NUL byte") }
        bytes = text + [0]
    }

    /// Compiles the next statement; nil when only space and comments are left.
    mutating func next(on database: OpaquePointer, flags: UInt32 = 0) throws(SQLiteError) -> OpaquePointer? {
        while offset < bytes.count - 1 {
            var statement: OpaquePointer?
            var consumed = 0
            let start = offset
            let code = unsafe bytes.withUnsafeBytes { (buffer: UnsafeRawBufferPointer) -> Int32 in
                guard let base = buffer.baseAddress else { return SQLITE_OK }
                let text = unsafe (base + start).assumingMemoryBound(to: CChar.self)
                var tail: UnsafePointer<CChar>?
                let length = Int32(truncatingIfNeeded: buffer.count - start)
                let code = unsafe sqlite3_prepare_v3(database, text, length, flags, &statement, &tail)
                consumed = unsafe tail.map { unsafe text.distance(to: $0) } ?? 0
                return code
            }
            guard code == SQLITE_OK else {
                throw unsafe .of(database, code, sql: rest(from: start), whileCompiling: true)
            }
            offset = consumed > 0 ? start + consumed : bytes.count
            if let statement = unsafe statement { return unsafe statement }
        }
        return nil
    }

    /// True when nothing but space and comments follows.
    var isAtEnd: Bool {
        var rest = bytes[offset..<(bytes.count - 1)]
        Self.skipSpace(&rest)
        return rest.isEmpty
    }

    /// True for statements that read or change tables, false for transactions, ATTACH, PRAGMA, VACUUM and the like,
    /// which would change the connection behind this module's back.
    ///
    /// To be asked before the statement is compiled, because many a PRAGMA takes effect right then.
    var nextIsOrdinary: Bool {
        var rest = bytes[offset..<(bytes.count - 1)]
        var word = Self.nextWord(&rest)
        if word == "EXPLAIN" {
            repeat { word = Self.nextWord(&rest) } while word == "QUERY" || word == "PLAN"
        }
        return [
            "SELECT", "VALUES", "WITH", "INSERT", "UPDATE", "DELETE", "REPLACE",
            "CREATE", "DROP", "ALTER", "REINDEX", "ANALYZE",
        ].contains(word)
    }

    /// The text from `start` on, for an error about a statement whose end is not known.
    private func rest(from start: Int) -> String {
        String(decoding: bytes[start..<(bytes.count - 1)], as: UTF8.self)
    }

    /// Takes the next word off `rest`, in capitals, and what `skipSpace` takes.
    private static func nextWord(_ rest: inout ArraySlice<UInt8>) -> String {
        skipSpace(&rest)
        let word = rest.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0 & 0xDF) }
        rest = rest.dropFirst(word.count)
        return String(decoding: word.map { $0 & 0xDF }, as: UTF8.self)
    }

    /// Takes all space, comments and semicolons off the front of `rest`.
    private static func skipSpace(_ rest: inout ArraySlice<UInt8>) {
        while let first = rest.first {
            if rest.starts(with: "--".utf8) {
                rest = rest.drop { $0 != UInt8(ascii: "\n") }
            } else if rest.starts(with: "/*".utf8) {
                rest = rest.dropFirst(2)
                while !rest.isEmpty, !rest.starts(with: "*/".utf8) { rest = rest.dropFirst() }
                rest = rest.dropFirst(2)
            } else if first <= UInt8(ascii: " ") || first == UInt8(ascii: ";") {
                rest = rest.dropFirst()
            } else {
                break
            }
        }
    }
}

extension Handle {
    /// Runs the statements of a migration one after the other.
    func run(_ script: [UInt8]) throws(SQLiteError) {
        var script = try Script(script)
        while !script.isAtEnd {
            guard script.nextIsOrdinary else { throw .misuse("not a statement for a migration") }
            guard let statement = try unsafe script.next(on: database) else { return }
            defer { unsafe sqlite3_finalize(statement) }
            let text = unsafe sqlite3_sql(statement).map { unsafe String(cString: $0) } ?? ""
            var code = SQLITE_ROW
            while code == SQLITE_ROW { code = unsafe sqlite3_step(statement) }
            guard code == SQLITE_DONE else { throw unsafe .of(database, code, sql: text) }
        }
    }
}
