import SQLite
import Testing

// Written as the modules above write: no `unsafe`, no lifetime annotations, one function per question.
private struct Person: Equatable {
    let id: Int64
    let name: String
    let site: String?

    init(id: Int64, name: String, site: String?) {
        self.id = id
        self.name = name
        self.site = site
    }

    init(_ row: borrowing Statement) throws {
        self.init(id: try row.int64(0), name: try row.text(1), site: try row.optionalText(2))
    }
}

private enum People {
    static func make(in db: borrowing Access<Writing>) throws {
        try db.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, site TEXT) STRICT")
    }

    static func insert(_ person: Person, in db: borrowing Access<Writing>) throws {
        try db.execute("INSERT INTO person (id, name, site) VALUES (\(person.id), \(person.name), \(person.site))")
    }

    static func find<M>(_ id: Int64, in db: borrowing Access<M>) throws -> Person? {
        try db.first("SELECT id, name, site FROM person WHERE id = \(id)") { try Person($0) }
    }

    static func all(at site: String?, in db: borrowing Access<some Any>) throws -> [Person] {
        let condition: SQL = site.map { "WHERE site = \($0)" } ?? ""
        return try db.all("SELECT id, name, site FROM person \(condition) ORDER BY id") { try Person($0) }
    }

    static func bytesOfNames<M>(in db: borrowing Access<M>) throws -> Int {
        var total = 0
        try db.forEach("SELECT name FROM person") { row in
            let bytes = try row.bytes(0)
            for index in bytes.indices where bytes[index] != UInt8(ascii: " ") { total += 1 }
        }
        return total
    }
}

struct ConsumerTests {
    @Test func `a store written in another module reads and writes`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        let ann = Person(id: 1, name: "Ann Lee", site: "north")
        let bo = Person(id: 2, name: "Bo", site: nil)
        try connection.write { db in
            try People.make(in: db)
            try People.insert(ann, in: db)
            try People.insert(bo, in: db)
            #expect(try People.find(2, in: db) == bo)
        }
        try connection.read { db in
            let found = try (People.find(1, in: db), People.find(3, in: db))
            #expect(found.0 == ann && found.1 == nil)
            #expect(try People.all(at: nil, in: db) == [ann, bo])
            #expect(try People.all(at: "north", in: db) == [ann])
            #expect(try People.bytesOfNames(in: db) == 8)
        }
        try connection.close()
    }

    @Test func `two cursors are pulled side by side`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        try connection.write { db in
            try People.make(in: db)
            for id in 1...3 { try People.insert(Person(id: Int64(id), name: "x", site: nil), in: db) }
        }
        let pairs = try connection.read { db in
            var pairs: [[Int64]] = []
            // One literal twice, so that the second cursor needs a compiled form of its own.
            func cursor() -> SQL { "SELECT id FROM person ORDER BY id" }
            var first = try db.query(cursor())
            while try first.next() {
                var second = try db.query(cursor())
                while try second.next() { pairs.append([try first.int64(0), try second.int64(0)]) }
            }
            return pairs
        }
        #expect(pairs.count == 9)
        #expect(pairs.last == [3, 3])
    }
}
