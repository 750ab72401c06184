import Foundation
import SQLite
import Synchronization
import Testing

struct CopyTests {
    private static func database(_ path: String, rows: Int) throws -> Connection {
        let connection = try Connection.create(path)
        try connection.write { db in
            try db.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL) STRICT")
            for row in 1...rows {
                try db.execute("INSERT INTO t VALUES (\(row), \(String(repeating: "note ", count: 100)))")
            }
        }
        return connection
    }

    private static func count(_ path: String) throws -> Int? {
        let connection = try Connection.existing(path)
        #expect(try connection.integrityCheck() == [])
        #expect(try connection.settings().allSatisfy(\.isRight))
        return try connection.read { db in try db.first("SELECT count(*) FROM t") { try $0.int(0) } }
    }

    private static func onlyFiles(_ folder: borrowing TemporaryFolder) throws -> Set<String> {
        Set(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
                !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm")
            }
        )
    }

    @Test func `a copy holds what the log holds, is one file and its owner's alone`() throws {
        let folder = try TemporaryFolder()
        let connection = try Self.database(folder.file(), rows: 100)
        try connection.backup(to: folder.file("copy.db"))
        try connection.vacuum(into: folder.file("compact.db"))
        for name in ["copy.db", "compact.db"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file(name))
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(!FileManager.default.fileExists(atPath: folder.file(name) + "-wal"))
        }
        #expect(try Self.onlyFiles(folder) == ["test.db", "copy.db", "compact.db"])
        #expect(try Self.count(folder.file("copy.db")) == 100)
        #expect(try Self.count(folder.file("compact.db")) == 100)
    }

    @Test func `a file that is there is refused and left as it is`() throws {
        let folder = try TemporaryFolder()
        let connection = try Self.database(folder.file(), rows: 1)
        try "notes".write(toFile: folder.file("copy.db"), atomically: false, encoding: .utf8)
        #expect(failure { try connection.backup(to: folder.file("copy.db")) }?.kind == .cannotOpen(.alreadyExists))
        #expect(failure { try connection.vacuum(into: folder.file("copy.db")) }?.kind == .cannotOpen(.alreadyExists))
        #expect(failure { try connection.backup(to: folder.file()) }?.kind == .cannotOpen(.alreadyExists))
        #expect(failure { try connection.backup(to: folder.file("no/copy.db")) }?.kind == .cannotOpen(.missing))
        #expect(try String(contentsOfFile: folder.file("copy.db"), encoding: .utf8) == "notes")
        #expect(try Self.onlyFiles(folder) == ["test.db", "copy.db"])
    }

    @Test func `a copy made while others write is one moment of the database, and is finished`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file()
        let copy = folder.file("copy.db")
        // More than one step of the copy, so that writes fall between the steps.
        let connection = try Self.database(path, rows: 20_000)
        let writer = SteadyWriter(to: path)
        writer.waitForTheFirst()
        var steps: [Int] = []
        try connection.backup(to: copy) { done, _ in steps.append(done) }
        let written = try writer.finish()
        let count = try #require(try Self.count(copy))
        #expect(count % 2 == 0 && count > 20_000 && count <= 20_000 + 2 * written)
        #expect(steps.count > 1 && steps == steps.sorted())
    }

    @Test func `what was deleted is not in the compact copy`() throws {
        let folder = try TemporaryFolder()
        let connection = try Self.database(folder.file(), rows: 1000)
        try connection.write { db in _ = try db.execute("DELETE FROM t WHERE a > 1") }
        let size = try connection.size()
        #expect(size.pageSize == 4096 && size.freePages > 50 && size.pages > size.freePages)
        try connection.vacuum(into: folder.file("compact.db"))
        let compact = try Connection.existing(folder.file("compact.db")).size()
        #expect(compact.freePages == 0 && compact.pages < size.pages)
        #expect(try Self.count(folder.file("compact.db")) == 1)
    }

    @Test func `a checkpoint moves the log and a truncating one empties it`() throws {
        let folder = try TemporaryFolder()
        let connection = try Self.database(folder.file(), rows: 10)
        let moved = try connection.checkpoint()
        #expect(moved.logged > 0 && moved.moved == moved.logged)
        try connection.checkpoint(truncating: true)
        let size = try FileManager.default.attributesOfItem(atPath: folder.file("test.db-wal"))[.size] as? Int
        #expect(size == 0)
    }
}

/// Writes two rows at a time until it is told to finish, on a thread of its own: it waits for locks, and a task that
/// blocks may hold the last thread on which the test could go on.
private final class SteadyWriter: Sendable {
    private let isToFinish = Atomic(false)
    private let first = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let outcome = Mutex<Result<Int, any Error>>(.success(0))

    init(to path: String) {
        Thread { [self] in
            let result = Result { try write(to: path) }
            outcome.withLock { $0 = result }
            first.signal()
            ended.signal()
        }.start()
    }

    private func write(to path: String) throws -> Int {
        let other = try Connection.existing(path, patience: 60_000)
        var written = 0
        while !isToFinish.load(ordering: .relaxed) {
            // An odd number in the copy would be half a transaction.
            try other.write { db in
                try db.execute("INSERT INTO t (b) VALUES ('x')")
                try db.execute("INSERT INTO t (b) VALUES ('x')")
            }
            written += 1
            if written == 1 { first.signal() }
        }
        return written
    }

    func waitForTheFirst() { first.wait() }

    /// - Returns: how many transactions were written.
    func finish() throws -> Int {
        isToFinish.store(true, ordering: .relaxed)
        ended.wait()
        return try outcome.withLock { try $0.get() }
    }
}
