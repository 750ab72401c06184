import Foundation
import SQLite
import Synchronization
import Testing

/// A database whose place another file takes, as when a backup is restored.
struct ReplacedTests {
    private static func databases(_ folder: borrowing TemporaryFolder) throws -> (old: String, new: String) {
        let (old, new) = (folder.file(), folder.file("new.db"))
        for path in [old, new] {
            let connection = try Connection.create(path)
            try connection.write { db in _ = try db.execute("CREATE TABLE t (a INTEGER) STRICT") }
            // All of it in the file itself, which goes into the other's place without its log.
            try connection.seclude()
            try connection.close()
        }
        return (old, new)
    }

    private static func rows(_ path: String) throws -> Int? {
        try Connection.existing(path).read { db in try db.first("SELECT count(*) FROM t") { try $0.int(0) } }
    }

    @Test func `who has the old file open neither writes to it nor reads it any longer`() throws {
        let folder = try TemporaryFolder()
        let (old, new) = try Self.databases(folder)
        let connection = try Connection.existing(old)
        try connection.write { db in _ = try db.execute("INSERT INTO t VALUES (\(1))") }
        try FileManager.default.moveItem(atPath: old, toPath: folder.file("kept.db"))
        #expect(failure { try connection.write { db in _ = try db.execute("DELETE FROM t") } }?.kind == .replaced)
        try FileManager.default.moveItem(atPath: new, toPath: old)
        #expect(failure { try connection.write { db in _ = try db.execute("DELETE FROM t") } }?.kind == .replaced)
        #expect(failure { _ = try connection.read { _ in } }?.kind == .replaced)
    }

    @Test func `who waited for the lock while the file was replaced does not write into the old one`() throws {
        let folder = try TemporaryFolder()
        let (old, new) = try Self.databases(folder)
        let kept = folder.file("kept.db")
        let secluded = try Connection.existing(old)
        try secluded.seclude()
        let outcome = Mutex<[SQLiteError?]>([])
        // A thread of its own: it waits, and the pool that tests run on has few.
        Thread.detachNewThread {
            let error = failure {
                let connection = try Connection.existing(old, patience: 20_000)
                try connection.write { db in _ = try db.execute("INSERT INTO t VALUES (\(1))") }
            }
            outcome.withLock { $0 = [error] }
        }
        // Long enough for the other to have the old file open and to wait for it.
        usleep(300_000)
        try FileManager.default.linkItem(atPath: old, toPath: kept)
        let isRenamed = unsafe rename(new, old) == 0
        try #require(isRenamed)
        try secluded.close()
        let deadline = Date(timeIntervalSinceNow: 30)
        while outcome.withLock({ $0.isEmpty }), Date() < deadline { usleep(1_000) }
        let error = try #require(outcome.withLock { $0.first })
        #expect(error == nil || error?.kind == .replaced)
        #expect(try Self.rows(kept) == 0, "nothing was written into the file that nobody looks at")
        #expect(try Self.rows(old) == (error == nil ? 1 : 0))
    }

    @Test func `a secluded database has no log, and nobody else gets in`() throws {
        let folder = try TemporaryFolder()
        let (old, _) = try Self.databases(folder)
        let connection = try Connection.existing(old)
        try connection.write { db in _ = try db.execute("INSERT INTO t VALUES (\(1))") }
        try connection.seclude()
        #expect(!FileManager.default.fileExists(atPath: old + "-wal"))
        #expect(failure { _ = try Connection.existing(old, patience: 50) }?.kind == .busy)
        try connection.close()
        #expect(try Self.rows(old) == 1)
    }

    @Test func `a database that others have open is not secluded`() throws {
        let folder = try TemporaryFolder()
        let (old, _) = try Self.databases(folder)
        let other = try Connection.existing(old)
        // From its first look into the log on it counts as a user of it.
        try other.read { _ in }
        let connection = try Connection.existing(old, patience: 50)
        #expect(failure { try connection.seclude() }?.kind == .busy)
        try other.write { db in _ = try db.execute("INSERT INTO t VALUES (\(1))") }
        try connection.write { db in _ = try db.execute("INSERT INTO t VALUES (\(2))") }
        #expect(try Self.rows(old) == 2)
    }
}

/// Who on the machine has rights on the file.
struct OpenToOthersTests {
    @Test(arguments: ["", "-wal"], [0o640, 0o604, 0o610, 0o601, 0o660, 0o666, 0o644])
    func `a database on which others have rights is refused, and read only when asked for`(
        suffix: String,
        mode: Int
    ) throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        try connection.write { db in _ = try db.execute("CREATE TABLE t (a INTEGER) STRICT") }
        try connection.close()
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.file() + suffix)
        #expect(failure { _ = try Connection.existing(folder.file()) }?.kind == .openToOthers)
        #expect(failure { _ = try Connection.existing(folder.file(), .readOnly) } == nil)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.file() + suffix)
        #expect(failure { _ = try Connection.existing(folder.file()) } == nil)
    }

    @Test func `a link to a database on which others have rights is no way around`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        try connection.write { db in _ = try db.execute("CREATE TABLE t (a INTEGER) STRICT") }
        try connection.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.file() + "-wal")
        try FileManager.default.createSymbolicLink(atPath: folder.file("link.db"), withDestinationPath: folder.file())
        #expect(failure { _ = try Connection.existing(folder.file("link.db")) }?.kind == .openToOthers)
    }
}
