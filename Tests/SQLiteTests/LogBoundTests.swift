import Foundation
import SQLite
import Testing

struct LogBoundTests {
    /// The bound, with what the commit that passes it adds.
    private static let bound = 18 << 20

    private static func logSize(_ folder: borrowing TemporaryFolder) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: folder.file("test.db-wal"))[.size] as? Int)
    }

    /// One commit of so many kilobytes.
    private static func add(_ kilobytes: Int, to connection: borrowing Connection) throws {
        try connection.write { db in
            for _ in 0..<kilobytes { try db.execute("INSERT INTO filler VALUES (randomblob(1000))") }
        }
    }

    @Test func `a log that grew behind a reader is emptied by the first commit after it`() throws {
        let folder = try TemporaryFolder()
        let writer = try Connection.create(folder.file())
        try writer.write { db in _ = try db.execute("CREATE TABLE filler (content BLOB)") }
        let reader = try Connection.existing(folder.file())
        try reader.read { db in
            for _ in 0..<10 { try Self.add(2_500, to: writer) }
            // What the reader has not yet read cannot be taken away.
            #expect(try Self.logSize(folder) > Self.bound)
            #expect(try db.first("SELECT count(*) FROM filler") { try $0.int(0) } == 0)
        }
        try Self.add(1, to: writer)
        #expect(try Self.logSize(folder) == 0)
        let rows = try reader.read { db in try db.first("SELECT count(*) FROM filler") { try $0.int(0) } }
        #expect(rows == 25_001)
        #expect(try reader.integrityCheck() == [])
    }

    @Test func `the log of a long change is emptied when it is kept`() throws {
        let folder = try TemporaryFolder()
        let writer = try Connection.create(folder.file())
        try writer.write { db in _ = try db.execute("CREATE TABLE filler (content BLOB)") }
        try Self.add(25_000, to: writer)
        #expect(try Self.logSize(folder) == 0)
    }

    @Test func `the log of a long change that came to nothing is emptied`() throws {
        struct Refused: Error {}
        let folder = try TemporaryFolder()
        let writer = try Connection.create(folder.file())
        try writer.write { db in _ = try db.execute("CREATE TABLE filler (content BLOB)") }
        #expect(throws: Refused.self) {
            try writer.write { db in
                for _ in 0..<25_000 { try db.execute("INSERT INTO filler VALUES (randomblob(1000))") }
                #expect(try Self.logSize(folder) > 4 << 20)
                throw Refused()
            }
        }
        #expect(try Self.logSize(folder) == 0)
        try Self.add(1, to: writer)
        #expect(try writer.integrityCheck() == [])
    }

    @Test func `a commit that finds a reader in the log gives up waiting, and is kept`() throws {
        let folder = try TemporaryFolder()
        let writer = try Connection.create(folder.file())
        try writer.write { db in _ = try db.execute("CREATE TABLE filler (content BLOB)") }
        let reader = try Connection.existing(folder.file())
        try reader.read { _ in
            try Self.add(20_000, to: writer)
            // Of so many commits some wait; the patience for locks is still what it was opened with.
            for _ in 0..<40 { try Self.add(1, to: writer) }
        }
        let rows = try reader.read { db in try db.first("SELECT count(*) FROM filler") { try $0.int(0) } }
        #expect(rows == 20_040)
    }

    @Test func `commands that come one by one leave a short log`() throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        do {
            let first = try Connection.create(folder.file())
            try first.write { db in _ = try db.execute("CREATE TABLE filler (content BLOB)") }
        }
        for _ in 0..<30 { try Self.add(40, to: try Connection.existing(folder.file())) }
        // Some 12 pages a command.
        #expect(try Self.logSize(folder) < 200 << 12)
    }

    @Test func `a connection that goes on moves a log of a thousand pages`() throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let connection = try Connection.create(folder.file())
        try connection.write { db in _ = try db.execute("CREATE TABLE filler (content BLOB)") }
        for _ in 0..<30 { try Self.add(40, to: connection) }
        #expect(try Self.logSize(folder) > 300 << 12)
    }

    @Test func `what asks for no sync leaves moving the log to others`() throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        do {
            let first = try Connection.create(folder.file())
            try first.write { db in _ = try db.execute("CREATE TABLE filler (content BLOB)") }
        }
        for _ in 0..<30 {
            try Connection.existing(folder.file()).write(durable: false) { db in
                for _ in 0..<40 { try db.execute("INSERT INTO filler VALUES (randomblob(1000))") }
            }
        }
        #expect(try Self.logSize(folder) > 300 << 12)
    }
}
