import Foundation
import SQLite
import Testing

/// Stands for a name: it must turn up in no error.
private let marker = "Zebulon-Marker"

private func leaks(_ error: SQLiteError?) -> Bool {
    guard let error else { return true }
    var dumped = ""
    dump(error, to: &dumped)
    return "\(error) \(error.message) \(error.sql) \(String(reflecting: error)) \(dumped)".contains(marker)
}

struct ErrorTests {
    private static func database(_ path: String) throws -> Connection {
        let connection = try Connection.create(path)
        try connection.write { db in
            try db.execute("CREATE TABLE site (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT")
            try db.execute(
                """
                CREATE TABLE visit (
                    id INTEGER PRIMARY KEY,
                    site INTEGER NOT NULL REFERENCES site (id),
                    minutes INTEGER CHECK (minutes BETWEEN 0 AND 999),
                    note TEXT,
                    CONSTRAINT note_is_short CHECK (length(note) < 30),
                    UNIQUE (site, note)
                ) STRICT
                """
            )
            try db.execute("CREATE TRIGGER keep BEFORE DELETE ON site BEGIN SELECT RAISE(ABORT, 'sites stay'); END")
            try db.execute("CREATE TABLE alias (name TEXT) STRICT")
            try db.execute("CREATE UNIQUE INDEX one_name ON alias (lower(name))")
            try db.execute("INSERT INTO alias VALUES (\(marker))")
            try db.execute("INSERT INTO site VALUES (\(1), \(marker))")
        }
        return connection
    }

    @Test(
        arguments: [
            ("INSERT INTO site VALUES (\(1), \(marker + "2"))", "site.id"),
            ("INSERT INTO site VALUES (\(2), \(marker))", "site.name"),
            ("INSERT INTO alias VALUES (\(marker.uppercased()))", "index 'one_name'"),
            ("INSERT INTO site VALUES (\(2), \(nil as String?))", "site.name"),
            ("INSERT INTO visit VALUES (\(1), \(1), \(1000), \(marker))", "minutes BETWEEN 0 AND 999"),
            ("INSERT INTO visit VALUES (\(1), \(1), \(1), \(marker + marker + marker))", "note_is_short"),
            ("INSERT INTO visit VALUES (\(1), \(1), \(marker), \(marker))", "visit.minutes"),
            ("INSERT INTO visit VALUES (\(1), \(9), \(1), \(marker))", "FOREIGN KEY"),
            (
                "INSERT INTO visit SELECT v, 1, 1, \(marker) FROM (SELECT 1 AS v UNION ALL SELECT 2)",
                "visit.site, visit.note"
            ),
            ("DELETE FROM site WHERE name = \(marker)", "sites stay"),
        ] as [(SQL, String)]
    )
    func `a broken constraint is named as the schema names it, without the value`(_ sql: SQL, _ name: String) throws {
        let folder = try TemporaryFolder()
        let connection = try Self.database(folder.file())
        let error = failure { try connection.write { db in _ = try db.execute(sql) } }
        #expect(error?.kind == .constraint(name))
        #expect(error?.code == 19)
        #expect(!leaks(error))
    }

    @Test(
        arguments: [
            "SELECT json_extract('{}', \(marker))", "SELECT json(\(marker))", "SELECT abs(\(Int64.min)), \(marker)",
            "SELECT * FROM words WHERE words MATCH \("\"" + marker)", "SELECT \(marker) FROM site LIMIT \(marker)",
            "INSERT INTO site (id, name) VALUES (\(marker), \(marker))", "SELECT nonsense(\(marker))",
            "SELEKT \(marker)",
            "SELECT \(marker); SELECT 2", "SELECT '\(marker)'", "PRAGMA \(marker)", "SELECT x'0' || \(marker)",
            "SELECT zeroblob(\(1 << 30)), \(marker)", "SELECT \(marker) LIKE \(marker) ESCAPE \(marker)",
        ] as [SQL]
    )
    func `no error shows a bound value, however it comes about`(_ sql: SQL) throws {
        let folder = try TemporaryFolder()
        let connection = try Self.database(folder.file())
        try connection.write { db in _ = try db.execute("CREATE VIRTUAL TABLE words USING fts5 (word)") }
        let error = failure { try connection.write { db in _ = try db.execute(sql) } }
        #expect(!leaks(error))
        #expect(error?.sql.isEmpty == false)
    }

    @Test func `a column that holds something else is named by number`() throws {
        let folder = try TemporaryFolder()
        let connection = try Self.database(folder.file())
        let error = failure { _ = try connection.read { db in try db.all("SELECT name FROM site") { try $0.int(0) } } }
        #expect(error?.kind == .unexpectedValue(column: 0))
        #expect(!leaks(error))
    }

    @Test func `SQL that does not compile says where, for whoever wrote it`() throws {
        let folder = try TemporaryFolder()
        let connection = try Self.database(folder.file())
        let error = failure {
            try connection.read { db in try db.forEach("SELECT nme FROM site WHERE id = \(1)") { _ in } }
        }
        #expect(error?.message == "no such column: nme")
        #expect(error?.sql == "SELECT nme FROM site WHERE id = ?1")
    }

    @Test func `a lock that another connection holds is waited for and then reported`() throws {
        let folder = try TemporaryFolder()
        let first = try Self.database(folder.file())
        let second = try Connection.existing(folder.file(), patience: 50)
        let clock = ContinuousClock()
        try first.write { db in
            try db.execute("INSERT INTO site VALUES (\(2), \("x"))")
            let start = clock.now
            let error = failure { try second.write { _ in } }
            let waited = clock.now - start
            #expect(error?.kind == .busy)
            // Only the least is certain: how late a thread wakes up is the machine's affair.
            #expect(waited >= .milliseconds(50))
        }
        try second.write { db in _ = try db.execute("INSERT INTO site VALUES (\(3), \("y"))") }
    }

    @Test func `patience of zero does not wait, and reading needs none`() throws {
        let folder = try TemporaryFolder()
        let first = try Self.database(folder.file())
        let second = try Connection.existing(folder.file(), patience: 0)
        try first.write { db in
            try db.execute("INSERT INTO site VALUES (\(2), \("x"))")
            #expect(failure { try second.write { _ in } }?.kind == .busy)
            let count = try second.read { db in try db.first("SELECT count(*) FROM site") { try $0.int(0) } }
            #expect(count == 1)
        }
    }

    @Test func `a damaged page is found by a check and reported by a read`() throws {
        let folder = try TemporaryFolder()
        let connection = try Self.database(folder.file())
        try connection.write { db in
            for id in 2...500 { try db.execute("INSERT INTO site VALUES (\(id), \("\(marker) \(id)"))") }
        }
        #expect(try connection.integrityCheck() == [])
        try connection.checkpoint(truncating: true)
        try connection.close()
        let file = try #require(FileHandle(forUpdatingAtPath: folder.file()))
        for page in 1..<(try file.seekToEnd() / 4096) {
            try file.seek(toOffset: page * 4096 + 5)
            try file.write(contentsOf: Data(repeating: 0xEE, count: 60))
        }
        try file.close()
        let damaged = try Connection.existing(folder.file())
        let error = failure { _ = try damaged.read { db in try db.all("SELECT name FROM site") { try $0.text(0) } } }
        #expect(error?.kind == .corrupt)
        #expect(!leaks(error))
        let findings = try damaged.integrityCheck()
        #expect(!findings.isEmpty)
        #expect(!findings.joined().contains(marker))
    }

    @Test func `rows without a parent are found with table and row`() throws {
        let folder = try TemporaryFolder()
        let connection = try Self.database(folder.file())
        #expect(try connection.foreignKeyCheck() == [])
        // The shell does not enforce foreign keys.
        try shell(folder.file(), "INSERT INTO visit VALUES (5, 77, 1, '\(marker)')")
        let found = try connection.foreignKeyCheck()
        #expect(found.map { "\($0.table) \($0.rowID ?? 0) \($0.parent)" } == ["visit 5 site"])
    }

    @Test func `every kind has words that say what to do, and no code names`() {
        let kinds: [SQLiteError.Kind] = [
            .notADatabase, .corrupt, .newerThanProgram, .readOnly, .busy, .full, .inputOutput, .constraint("a.b"),
            .cannotOpen(.missing), .cannotOpen(.isDirectory), .cannotOpen(.alreadyExists), .cannotOpen(.noPermission),
            .cannotOpen(.other), .interrupted, .changedMigration("m1"), .missingMigration("m1"), .failedMigration("m1"),
            .setting("x"), .tooBig, .locksRefused, .openToOthers, .replaced, .unexpectedValue(column: 1), .misuse,
            .outOfMemory, .other,
        ]
        for kind in kinds {
            let words = SQLiteError(kind: kind, message: marker, sql: marker).description
            #expect(words.hasSuffix(".") && words.count > 30 && !words.contains(marker))
            #expect(!words.contains("SQLITE") && !words.contains("PRAGMA"))
        }
    }
}
