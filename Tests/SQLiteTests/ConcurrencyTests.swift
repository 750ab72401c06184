import Foundation
import SQLite
import Testing

struct ConcurrencyTests {
    private static func counter(_ path: String) throws {
        let connection = try Connection.create(path)
        try connection.write { db in
            try db.execute("CREATE TABLE entry (writer INTEGER, number INTEGER, UNIQUE (writer, number)) STRICT")
            try db.execute("CREATE TABLE total (id INTEGER PRIMARY KEY, value INTEGER NOT NULL) STRICT")
            try db.execute("INSERT INTO total VALUES (1, 0)")
        }
    }

    /// Reads, then writes what depends on the reading: a lost update would show in the total.
    private static func add(_ number: Int, by writer: Int, to connection: borrowing Connection) throws {
        try connection.write { db in
            let value = try db.first("SELECT value FROM total WHERE id = 1") { try $0.int(0) } ?? 0
            try db.execute("INSERT INTO entry VALUES (\(writer), \(number))")
            try db.execute("UPDATE total SET value = \(value + 1) WHERE id = 1")
        }
    }

    private static func counts(_ path: String) throws -> [Int] {
        try Connection.existing(path).read { db in
            try db.all("SELECT count(*) FROM entry UNION ALL SELECT value FROM total") { try $0.int(0) }
        }
    }

    @Test func `eight threads that write at once lose nothing`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file()
        try Self.counter(path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 1...8 {
                group.addTask {
                    let connection = try Connection.existing(path, patience: 60_000)
                    for number in 1...25 { try Self.add(number, by: writer, to: connection) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try Self.counts(path) == [200, 200])
    }

    @Test func `eight processes that write at once lose nothing`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file()
        try Self.counter(path)
        await withTaskGroup(of: Void.self) { group in
            for writer in 1...8 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = path as String, writer = writer as Int] in
                        for number in 1...10 {
                            // Opened each time, as commands do.
                            let connection = try Connection.existing(path, patience: 60_000)
                            try ConcurrencyTests.add(number, by: writer, to: connection)
                        }
                    }
                }
            }
        }
        #expect(try Self.counts(path) == [80, 80])
    }

    @Test func `a process that dies in the middle of a write leaves the last commit`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file()
        try Self.counter(path)
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let connection = try Connection.existing(path)
            try ConcurrencyTests.add(1, by: 1, to: connection)
            try connection.write { db in
                for number in 2...5000 { try db.execute("INSERT INTO entry VALUES (1, \(number))") }
                kill(getpid(), SIGKILL)
            }
        }
        #expect(try Self.counts(path) == [1, 1])
        let connection = try Connection.existing(path)
        #expect(try connection.integrityCheck() == [])
        try Self.add(2, by: 1, to: connection)
        #expect(try Self.counts(path) == [2, 2])
    }

    @Test func `a transaction without sync is followed by fully synced ones`() throws {
        let folder = try TemporaryFolder()
        try Self.counter(folder.file())
        let connection = try Connection.existing(folder.file())
        struct Stop: Error {}
        for number in 1...3 {
            try connection.write(durable: false) { db in _ = try db.execute("INSERT INTO entry VALUES (1, \(number))") }
            #expect(try connection.settings().contains { $0.name == "synchronous" && $0.actual == "2" })
            #expect(throws: Stop.self) { try connection.write(durable: false) { _ in throw Stop() } }
            #expect(try connection.settings().contains { $0.name == "synchronous" && $0.actual == "2" })
        }
        #expect(try Self.counts(folder.file()) == [3, 0])
    }
}
