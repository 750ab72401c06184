import Testing

@testable import SQLite

struct SQLTests {
    @Test func `interpolated values become numbered parameters`() {
        let sql: SQL = "SELECT \(1), \("marker"), \(true), \([UInt8(7)]) FROM t WHERE a = \(Int64(2))"
        #expect(sql.text == "SELECT ?1, ?2, ?3, ?4 FROM t WHERE a = ?5")
    }

    @Test func `a statement may begin and end with a value, and values may touch`() {
        let sql: SQL = "\(1)\(2) x \(3)"
        #expect(sql.text == "?1?2 x ?3")
        let none: SQL = ""
        #expect(none.text == "")
        let single: SQL = ";"
        #expect(single.text == ";")
    }

    @Test func `a fragment keeps its values and the numbers go on`() {
        let site: SQL = "AND site = \("north") "
        let none: SQL = ""
        let sql: SQL = "SELECT 1 WHERE id = \(1) \(site)\(none)ORDER BY \(2)"
        #expect(sql.text == "SELECT 1 WHERE id = ?1 AND site = ?2 ORDER BY ?3")
        let leading: SQL = "\(site)x"
        #expect(leading.text == "AND site = ?1 x")
    }

    @Test func `one literal is compiled once, and different ones never share a form`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        try connection.write { db in
            try db.execute("CREATE TABLE t (a INTEGER) STRICT")
            func insert(_ value: Int) -> SQL { "INSERT INTO t VALUES (\(value))" }
            let first = try db.permitted(insert(1))
            let again = try db.permitted(insert(2))
            let other = try db.permitted("INSERT INTO t VALUES (\(3)) RETURNING a")
            #expect(first === again)
            #expect(first !== other)
        }
    }

    @Test func `two literals with one fingerprint do not take each other's place`() throws {
        let folder = try TemporaryFolder()
        let handle = try Connection.create(folder.file()).handle
        let wanted: SQL = "SELECT \(1)"
        let other: SQL = "SELECT \(1), 2"
        let intruder = try handle.statement(other)
        handle.statements.insert(intruder, under: wanted.fingerprint)
        #expect(try handle.statement(wanted).text == "SELECT ?1")
        #expect(try handle.statement(wanted) === handle.statement(wanted))
        #expect(try handle.statement(other) === intruder)
    }

    @Test func `more statements than there was room for at first are each found again`() throws {
        let folder = try TemporaryFolder()
        let handle = try Connection.create(folder.file()).handle
        // Seven signs, each plus or minus: 128 statements.
        func literals(_ signs: Int) -> [SQL] {
            guard signs > 0 else { return [""] }
            return literals(signs - 1).flatMap { rest in ["+ 1 \(rest)", "- 1 \(rest)"] as [SQL] }
        }
        let made = try literals(7).map { try handle.statement("SELECT 0 \($0)") }
        #expect(Set(made.map(\.text)).count == 128)
        for (sql, statement) in zip(literals(7), made) {
            #expect(try handle.statement("SELECT 0 \(sql)") === statement)
        }
    }

    @Test func `a fragment in place of a value is another statement`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        func ask(_ middle: SQL) -> SQL { "SELECT 1 \(middle) AS a" }
        let sums = try connection.read { db in
            try [
                db.first(ask("+ \(10)")) { try $0.int(0) },
                db.first(ask("")) { try $0.int(0) },
                db.first(ask("+ \(20)")) { try $0.int(0) },
                db.first(ask("+ \(20) + \(30)")) { try $0.int(0) },
            ]
        }
        #expect(sums == [11, 1, 21, 51])
    }

    @Test(
        arguments: [
            "SELECT 1; SELECT 2", "SELECT 1; PRAGMA query_only = ON", "SELECT 1; garbage", "", "  -- only a comment",
            "SELECT ?1", "SELECT :name", "SELECT '?'; ;x",
        ] as [SQL]
    )
    func `what is not one whole statement is refused`(_ sql: SQL) throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        let error = failure { try connection.read { db in try db.forEach(sql) { _ in } } }
        #expect(error?.kind == .misuse)
    }

    @Test(arguments: ["SELECT 1;", "SELECT 1 ; -- done", "/* why */ SELECT 1 ;;\n", "-- why\nSELECT 1"] as [SQL])
    func `comments and semicolons around a statement do no harm`(_ sql: SQL) throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        let value = try connection.read { db in try db.first(sql) { try $0.int(0) } }
        #expect(value == 1)
    }

    @Test func `printed or dumped SQL shows no value`() {
        let sql: SQL = "SELECT \("marker"), \([UInt8]("marker".utf8))"
        var dumped = ""
        dump(sql, to: &dumped)
        for shown in ["\(sql)", String(reflecting: sql), dumped] {
            #expect(shown.contains("?2") && !shown.contains("marker") && !shown.contains("109"))
        }
    }

    @Test func `a value inside quotes is refused, not written into the text`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        let error = failure {
            try connection.read { db in try db.forEach("SELECT '\("marker")'") { _ in } }
        }
        #expect(error?.kind == .misuse)
        #expect(error?.sql == "SELECT '?1'")
    }
}
