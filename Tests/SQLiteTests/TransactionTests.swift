import Foundation
import SQLite
import Testing

private struct Stop: Error {}

private func numbers<M>(in db: borrowing Access<M>) throws -> [Int] {
    try db.all("SELECT a FROM t ORDER BY a") { try $0.int(0) }
}

private func table(_ path: String) throws -> Connection {
    let connection = try Connection.create(path)
    try connection.write { db in _ = try db.execute("CREATE TABLE t (a INTEGER NOT NULL UNIQUE) STRICT") }
    return connection
}

struct TransactionTests {
    @Test func `what a write did is there afterwards, for another connection too`() throws {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        let changed = try connection.write { db in try db.execute("INSERT INTO t VALUES (\(1)), (\(2))") }
        #expect(changed == 2)
        let other = try Connection.existing(folder.file(), .readOnly)
        #expect(try other.read { db in try numbers(in: db) } == [1, 2])
    }

    @Test func `the state of the database is another one after each commit, whoever made it, and stays meanwhile`()
        throws
    {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        let other = try Connection.existing(folder.file(), .readWrite)
        let first = connection.dataVersion
        #expect(try connection.read { db in db.dataVersion } == first)
        try connection.write { db in
            #expect(db.dataVersion == first)
            try db.execute("INSERT INTO t VALUES (\(1))")
        }
        let own = connection.dataVersion
        #expect(own != first)
        #expect(try connection.write { db in db.dataVersion } == own)
        let again = connection.dataVersion
        try other.write { db in _ = try db.execute("INSERT INTO t VALUES (\(2))") }
        #expect(try connection.read { db in db.dataVersion } != again)
        // What this connection does not keep does not hide what another has written just before.
        let seen = connection.dataVersion
        try other.write { db in _ = try db.execute("INSERT INTO t VALUES (\(3))") }
        #expect(throws: Stop.self) {
            try connection.write { db in
                #expect(db.dataVersion != seen)
                throw Stop()
            }
        }
        #expect(try connection.write { db in db.dataVersion } != seen)
    }

    @Test func `a write that throws leaves nothing, and the connection goes on`() throws {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        #expect(throws: Stop.self) {
            try connection.write { db in
                try db.execute("INSERT INTO t VALUES (\(1))")
                throw Stop()
            }
        }
        #expect(try connection.read { db in try numbers(in: db) } == [])
        try connection.write { db in _ = try db.execute("INSERT INTO t VALUES (\(2))") }
        #expect(try connection.read { db in try numbers(in: db) } == [2])
    }

    @Test func `a read sees one snapshot, that of its beginning, while another connection writes`() throws {
        let folder = try TemporaryFolder()
        let writer = try table(folder.file())
        let reader = try Connection.existing(folder.file(), .readOnly)
        let seen = try reader.read { db in
            // Before the first query of this read.
            try writer.write { db in _ = try db.execute("INSERT INTO t VALUES (\(1))") }
            let first = try numbers(in: db)
            try writer.write { db in _ = try db.execute("INSERT INTO t VALUES (\(2))") }
            return [first, try numbers(in: db)]
        }
        #expect(seen == [[], []])
        #expect(try reader.read { db in try numbers(in: db) } == [1, 2])
    }

    @Test func `a read that throws ends its snapshot`() throws {
        let folder = try TemporaryFolder()
        let writer = try table(folder.file())
        let reader = try Connection.existing(folder.file(), .readOnly)
        #expect(throws: Stop.self) { try reader.read { _ in throw Stop() } }
        try writer.write { db in _ = try db.execute("INSERT INTO t VALUES (\(1))") }
        #expect(try reader.read { db in try numbers(in: db) } == [1])
    }

    @Test func `savepoints nest and undo only themselves`() throws {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        try connection.write { db in
            try db.execute("INSERT INTO t VALUES (\(1))")
            try? db.savepoint { db in
                try db.execute("INSERT INTO t VALUES (\(2))")
                try db.savepoint { db in _ = try db.execute("INSERT INTO t VALUES (\(3))") }
                throw Stop()
            }
            try db.savepoint { db in
                try db.execute("INSERT INTO t VALUES (\(4))")
                try? db.savepoint { db in
                    try db.execute("INSERT INTO t VALUES (\(5))")
                    throw Stop()
                }
            }
        }
        #expect(try connection.read { db in try numbers(in: db) } == [1, 4])
    }

    @Test func `a statement that fails inside a savepoint leaves the rest of the transaction`() throws {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        try connection.write { db in
            try db.execute("INSERT INTO t VALUES (\(1))")
            let error = failure {
                try db.savepoint { db in
                    try db.execute("INSERT INTO t VALUES (\(2))")
                    try db.execute("INSERT INTO t VALUES (\(1))")
                }
            }
            #expect(error?.kind == .constraint("t.a"))
            try db.execute("INSERT INTO t VALUES (\(3))")
        }
        #expect(try connection.read { db in try numbers(in: db) } == [1, 3])
    }

    @Test func `after SQLite itself has rolled back nothing more is written, even when the error was swallowed`() throws
    {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        let error = failure {
            try connection.write { db in
                try db.execute("INSERT INTO t VALUES (\(1))")
                _ = try? db.execute("INSERT OR ROLLBACK INTO t VALUES (\(1))")
                try db.execute("INSERT INTO t VALUES (\(2))")
            }
        }
        #expect(error?.kind == .misuse)
        let swallowed = failure {
            try connection.write { db in
                try db.execute("INSERT INTO t VALUES (\(1))")
                _ = try? db.execute("INSERT OR ROLLBACK INTO t VALUES (\(1))")
            }
        }
        #expect(swallowed?.kind == .misuse)
        #expect(try connection.read { db in try numbers(in: db) } == [])
    }

    @Test func `a transaction inside a transaction is refused and harms neither`() throws {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        try connection.write { db in
            try db.execute("INSERT INTO t VALUES (\(1))")
            #expect(failure { try connection.write { _ in } }?.kind == .misuse)
            #expect(failure { try connection.read { _ in } }?.kind == .misuse)
            try db.execute("INSERT INTO t VALUES (\(2))")
        }
        #expect(try connection.read { db in try numbers(in: db) } == [1, 2])
    }

    @Test(
        arguments: [
            "INSERT INTO t VALUES (7)", "UPDATE t SET a = 7", "DELETE FROM t", "CREATE TABLE u (a)", "DROP TABLE t",
            "INSERT INTO t VALUES (7) RETURNING a", "WITH x AS (SELECT 7 AS a) INSERT INTO t SELECT a FROM x",
            "CREATE TEMP TABLE u (a)", "REPLACE INTO t VALUES (7)", "ANALYZE", "REINDEX",
        ] as [SQL]
    )
    func `a read refuses every statement that writes`(_ sql: SQL) throws {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        try connection.write { db in _ = try db.execute("INSERT INTO t VALUES (\(1))") }
        let error = failure { try connection.read { db in try db.forEach(sql) { _ in } } }
        #expect(error?.kind == .misuse)
        #expect(try connection.read { db in try numbers(in: db) } == [1])
    }

    @Test(
        arguments: [
            "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT x", "RELEASE x", "VACUUM", "VACUUM INTO 'x'",
            "ATTACH 'x.db' AS x", "DETACH x", "PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF",
            "pragma user_version = 9",
            "/* hidden */ PRAGMA journal_mode = DELETE", "-- hidden\n;\n commit", "PRAGMA query_only = ON",
            "EXPLAIN PRAGMA query_only = ON", "EXPLAIN QUERY PLAN PRAGMA query_only = ON",
        ] as [SQL]
    )
    func `statements about the connection are refused in a read and in a write`(_ sql: SQL) throws {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        #expect(failure { try connection.read { db in try db.forEach(sql) { _ in } } }?.kind == .misuse)
        #expect(failure { try connection.write { db in _ = try db.execute(sql) } }?.kind == .misuse)
        #expect(try connection.settings().filter { !$0.isRight } == [])
    }

    @Test func `a query plan may be asked for, that of a write only inside a write`() throws {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        let plan: SQL = "EXPLAIN QUERY PLAN SELECT a FROM t WHERE a = \(1)"
        let steps = try connection.read { db in try db.all(plan) { try $0.text(3) } }
        #expect(steps.first?.contains("SEARCH t USING") == true)
        let write: SQL = "EXPLAIN QUERY PLAN DELETE FROM t WHERE a = \(1)"
        #expect(failure { try connection.read { db in try db.forEach(write) { _ in } } }?.kind == .misuse)
        try connection.write { db in try db.forEach(write) { _ in } }
    }

    @Test func `the count of changed rows is the statement's own`() throws {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        let counts = try connection.write { db in
            try [
                db.execute("INSERT INTO t VALUES (\(1)), (\(2)), (\(3))"),
                db.execute("CREATE TABLE u (b INTEGER) STRICT"),
                db.execute("CREATE TRIGGER x AFTER UPDATE ON t BEGIN INSERT INTO u VALUES (new.a), (old.a); END"),
                db.execute("UPDATE t SET a = a + \(10) WHERE a > \(1)"),
                db.execute("UPDATE t SET a = a WHERE a = \(99)"),
                db.execute("SELECT count(*) FROM t"),
                db.execute("DELETE FROM u"),
            ]
        }
        #expect(counts == [3, 0, 0, 2, 0, 0, 4])
    }

    @Test func `a cursor at its end stays there and does not insert again`() throws {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        try connection.write { db in
            var rows = try db.query("INSERT INTO t VALUES (\(1)) RETURNING a")
            while try rows.next() {}
            let more = try rows.next()
            #expect(!more)
        }
        #expect(try connection.read { db in try numbers(in: db) } == [1])
    }

    @Test func `a cursor left half-way gives its statement back clean`() throws {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        func pick(_ least: Int?) -> SQL { "SELECT a FROM t WHERE a >= \(least) ORDER BY a" }
        let seen = try connection.write { db in
            try db.execute("INSERT INTO t VALUES (\(1)), (\(2)), (\(3))")
            return try [
                db.first(pick(2)) { try $0.int(0) }, db.first(pick(1)) { try $0.int(0) },
                db.first(pick(nil)) { try $0.int(0) },
            ]
        }
        #expect(seen == [2, 1, nil])
    }

    @Test func `a body that throws in the middle of a cursor leaves it usable`() throws {
        let folder = try TemporaryFolder()
        let connection = try table(folder.file())
        try connection.write { db in
            try db.execute("INSERT INTO t VALUES (\(1)), (\(2))")
            let all: SQL = "SELECT a FROM t ORDER BY a"
            #expect(throws: Stop.self) { try db.forEach(all) { _ in throw Stop() } }
            var seen: [Int] = []
            try db.forEach(all) { row in seen.append(try row.int(0)) }
            #expect(seen == [1, 2])
        }
    }
}
