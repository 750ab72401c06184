import Foundation
import Testing

@testable import SQLite

/// A file system of one megabyte; nil where mounting is not allowed.
private func mountSmallDisk(at path: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/mount")
    process.arguments = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
}

private func unmount(_ path: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/umount")
    process.arguments = ["--lazy", path]
    try? process.run()
    process.waitUntilExit()
}

private let canMount: Bool = {
    guard let folder = try? TemporaryFolder() else { return false }
    defer { unmount(folder.path) }
    return mountSmallDisk(at: folder.path)
}()

/// Writes zeros until nothing more fits.
private func useUpDisk(_ path: String) throws {
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let file = try #require(FileHandle(forWritingAtPath: path))
    while (try? file.write(contentsOf: Data(count: 4096))) != nil {}
}

private func fill(_ db: borrowing Access<Writing>) throws {
    for _ in 1...2000 { try db.execute("INSERT INTO t VALUES (\(String(repeating: "x", count: 1000)))") }
}

private func count(_ connection: borrowing Connection) throws -> Int? {
    try connection.read { db in try db.first("SELECT count(*) FROM t") { try $0.int(0) } }
}

struct FullDiskTests {
    @Test func `a database at its limit of pages keeps what was committed`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        try connection.write { db in
            try db.execute("CREATE TABLE t (a TEXT) STRICT")
            try db.execute("INSERT INTO t VALUES ('kept')")
        }
        try connection.handle.pragma("max_page_count = 50")
        let error = failure { try connection.write { db in try fill(db) } }
        #expect(error?.kind == .full)
        #expect(try count(connection) == 1)
        try connection.handle.pragma("max_page_count = 5000")
        try connection.write { db in try fill(db) }
        #expect(try count(connection) == 2001)
    }

    @Test(.enabled(if: canMount, "SKIPPED: no file system can be mounted here, so no disk can be filled"))
    func `a full disk is said so, loses nothing committed, and is forgotten once there is room`() throws {
        let folder = try TemporaryFolder()
        #expect(mountSmallDisk(at: folder.path))
        defer { unmount(folder.path) }
        let connection = try Connection.create(folder.file())
        try connection.write { db in
            try db.execute("CREATE TABLE t (a TEXT) STRICT")
            try db.execute("INSERT INTO t VALUES ('kept')")
        }
        let ballast = folder.file("ballast")
        #expect(FileManager.default.createFile(atPath: ballast, contents: Data(count: 600_000)))
        for _ in 1...3 {
            #expect(failure { try connection.write { db in try fill(db) } }?.kind == .full)
            #expect(try count(connection) == 1)
        }
        #expect(failure { try connection.write(durable: false) { db in try fill(db) } }?.kind == .full)
        // No room for another connection's files, or for a copy: the same words, and no scraps left.
        try useUpDisk(folder.file("rest"))
        #expect(failure { try connection.backup(to: folder.file("copy.db")) }?.kind == .full)
        #expect(failure { try connection.vacuum(into: folder.file("copy.db")) }?.kind == .full)
        #expect(failure { _ = try Connection.create(folder.file("other.db")) }?.kind == .full)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(names).subtracting(["rest"]) == ["test.db", "test.db-wal", "test.db-shm", "ballast"])
        // The shared-memory file of the next command does not fit either; SQLite calls that an input/output error.
        try connection.close()
        try FileManager.default.removeItem(atPath: folder.file("test.db-shm"))
        try useUpDisk(folder.file("more"))
        #expect(failure { _ = try Connection.existing(folder.file()) }?.kind == .full)
        for name in ["ballast", "rest", "more"] { try? FileManager.default.removeItem(atPath: folder.file(name)) }
        let again = try Connection.existing(folder.file())
        try again.write { db in _ = try db.execute("INSERT INTO t VALUES ('again')") }
        #expect(try count(again) == 2)
        #expect(try again.integrityCheck() == [])
    }
}
