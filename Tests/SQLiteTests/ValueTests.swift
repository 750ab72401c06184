import SQLite
import Testing

struct ValueTests {
    private static func roundTrip<T>(_ insert: SQL, _ read: (borrowing Statement) throws -> T) throws -> T? {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        try connection.write { db in
            try db.execute("CREATE TABLE t (a ANY) STRICT")
            try db.execute(insert)
        }
        return try connection.read { db in try db.first("SELECT a FROM t", read) }
    }

    @Test func `text comes back with every byte`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        // Not arguments of the test: the NULs would be printed.
        let texts = [
            "", "plain", "NUL \0 inside", "\0", "\0\0end", "ends with NUL\0", "é 漢 👩‍👩‍👧", "line\r\nline",
            String(repeating: "long ", count: 300_000),
        ]
        for text in texts {
            let executed = try Self.roundTrip("INSERT INTO t VALUES (\(text))") { try $0.text(0) }
            #expect(executed == text)
            #expect(executed?.utf8.count == text.utf8.count)
            // The other way to bind: a cursor leaves the copy to SQLite.
            let queried = try connection.read { db in try db.first("SELECT \(text)") { try $0.text(0) } }
            #expect(queried == text)
        }
    }

    @Test func `empty text, empty bytes and NULL are three things`() throws {
        let types = try Self.roundTrip(
            "INSERT INTO t SELECT typeof(\("")) || typeof(\([UInt8]())) || typeof(\(nil as String?))"
        ) {
            try $0.text(0)
        }
        #expect(types == "textblobnull")
        #expect(try Self.roundTrip("INSERT INTO t VALUES (\(""))") { try $0.optionalText(0) } == .some(""))
        #expect(try Self.roundTrip("INSERT INTO t VALUES (\(nil as String?))") { try $0.optionalText(0) } == .some(nil))
    }

    @Test func `large and small texts and bytes in one statement keep to their own`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        try connection.write { db in
            try db.execute("CREATE TABLE t (a TEXT, b BLOB, c TEXT, d BLOB, e TEXT) STRICT")
        }
        for size in [0, 1, 4096, 100_000, 3] {
            let text = String(repeating: "é", count: size)
            let bytes = [UInt8](repeating: 7, count: size)
            let rows = try connection.write { db in
                try db.execute("DELETE FROM t")
                try db.execute("INSERT INTO t VALUES (\(text), \(bytes), \("middle"), \([UInt8(9)]), \("end"))")
                return try db.all("SELECT a, b, c, d, e FROM t") { row in
                    let blob = try row.bytes(1)
                    #expect(blob.indices.allSatisfy { blob[$0] == 7 } && blob.count == size)
                    #expect(try row.bytes(3)[0] == 9)
                    return [try row.text(0), try row.text(2), try row.text(4)]
                }
            }
            #expect(rows == [[text, "middle", "end"]])
        }
    }

    @Test(arguments: [Int64.min, -1, 0, 1, 42, Int64.max])
    func `integers keep all 64 bits`(_ value: Int64) throws {
        #expect(try Self.roundTrip("INSERT INTO t VALUES (\(value))") { try $0.int64(0) } == value)
        #expect(try Self.roundTrip("INSERT INTO t VALUES (\(Int(value)))") { try $0.optionalInt(0) } == Int(value))
    }

    @Test func `every optional overload binds its value or NULL`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        let some: (Int64?, Int?, Bool?, String?, [UInt8]?) = (1, 2, true, "x", [9])
        let none: (Int64?, Int?, Bool?, String?, [UInt8]?) = (nil, nil, nil, nil, nil)
        let answers = try connection.read { db in
            try [some, none].map { values in
                try db.first("SELECT \(values.0), \(values.1), \(values.2), \(values.3), \(values.4)") { row in
                    let bytes = try row.bytes(4)
                    return [
                        try row.optionalInt64(0).map { "\($0)" }, try row.optionalInt(1).map { "\($0)" },
                        try row.optionalBool(2).map { "\($0)" }, try row.optionalText(3),
                        row.isNull(4) ? nil : "\(bytes[0])",
                    ]
                }
            }
        }
        #expect(answers == [["1", "2", "true", "x", "9"], [nil, nil, nil, nil, nil]])
    }

    @Test func `bytes of text and blobs are seen in place, and NULL is empty`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        let counts = try connection.read { db in
            try db.first("SELECT 'a' || char(0) || 'b', x'00ff', NULL") { row in
                let last = try row.bytes(1)
                return [try row.bytes(0).count, last.count, Int(last[1]), try row.bytes(2).count]
            }
        }
        #expect(counts == [3, 2, 255, 0])
    }

    @Test(
        arguments: [
            "SELECT NULL", "SELECT char(120)", "SELECT 1.5", "SELECT x'31'", "SELECT 2", "SELECT CAST(x'ff' AS TEXT)",
            "SELECT CAST(x'c328' AS TEXT)", "SELECT CAST(x'eda080' AS TEXT)",
        ] as [SQL]
    )
    func `a column that holds something else is an error, not a zero`(_ sql: SQL) throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        let isText = "\(sql)".contains("char")
        let isInteger = "\(sql)".contains("SELECT 2")
        try connection.read { db in
            try db.forEach(sql) { row in
                #expect(failure { _ = try row.bool(0) }?.kind == .unexpectedValue(column: 0))
                if !isInteger {
                    #expect(failure { _ = try row.int64(0) }?.kind == .unexpectedValue(column: 0))
                    #expect(failure { _ = try row.int(0) }?.kind == .unexpectedValue(column: 0))
                }
                if !isText {
                    #expect(failure { _ = try row.text(0) }?.kind == .unexpectedValue(column: 0))
                    var texts: [UInt8] = [7]
                    #expect(failure { _ = try row.appendText(0, to: &texts) }?.kind == .unexpectedValue(column: 0))
                    #expect(texts == [7])
                }
                #expect(failure { _ = try row.text(1) }?.kind == .unexpectedValue(column: 1))
                #expect(failure { _ = try row.int(-1) }?.kind == .unexpectedValue(column: -1))
            }
        }
    }

    @Test(arguments: ["", "plain", "é 漢 👩‍👩‍👧", "NUL \u{0} inside", "zw\u{F6}lf"])
    func `a text is appended to others, and its place told`(_ text: String) throws {
        let found = try Self.roundTrip("INSERT INTO t VALUES (\(text))") { row in
            var texts = Array("before".utf8)
            let place = try row.appendText(0, to: &texts)
            #expect(place == 6..<6 + text.utf8.count && place.upperBound == texts.count)
            return String(decoding: texts, as: UTF8.self)
        }
        #expect(found == "before" + text)
    }

    @Test func `neighboring whole numbers are read at once, NULL as none, and nothing else is taken for one`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        try connection.read { db in
            try db.forEach("SELECT 'x', 7, NULL, -9223372036854775807 - 1, 1.5") { row in
                var numbers = [3 of Int64?](repeating: 5)
                var span = numbers.mutableSpan
                try row.optionalInt64s(from: 1, into: &span)
                #expect([numbers[0], numbers[1], numbers[2]] == [7, nil, .min])
                for (first, wrong) in [(0, 0), (2, 4)] {
                    let error = failure {
                        var others = [3 of Int64?](repeating: nil)
                        var span = others.mutableSpan
                        try row.optionalInt64s(from: first, into: &span)
                    }
                    #expect(error?.kind == .unexpectedValue(column: wrong))
                }
            }
        }
    }

    @Test func `a column is not readable before the first row or after the last`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        try connection.read { db in
            var rows = try db.query("SELECT 1")
            #expect(failure { _ = try rows.int(0) }?.kind == .unexpectedValue(column: 0))
            while try rows.next() {}
            #expect(failure { _ = try rows.int(0) }?.kind == .unexpectedValue(column: 0))
        }
    }

    @Test func `a value of 16 MB is taken and a larger one refused`() throws {
        let limit = 16 << 20
        // The limit is that of the whole row: its header takes some bytes.
        let fits = String(repeating: "x", count: limit - 100)
        #expect(try Self.roundTrip("INSERT INTO t VALUES (\(fits))") { try $0.bytes(0).count } == fits.utf8.count)
        let tooBig = String(repeating: "x", count: limit + 1)
        let error = failure { _ = try Self.roundTrip("INSERT INTO t VALUES (\(tooBig))") { try $0.text(0) } }
        #expect(error?.kind == .tooBig)
    }
}
