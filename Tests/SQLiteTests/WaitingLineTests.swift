import Foundation
import SQLite
import Testing

struct WaitingLineTests {
    private static let millisecond: Int64 = 1_000_000

    @Test func `whoever came first is first until it leaves`() throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        _ = try Connection.create(folder.file())
        let (earlier, later) = (WaitingLine(of: folder.file()), WaitingLine(of: folder.file()))
        #expect(earlier.isEmpty)
        later.join(at: 7 * Self.millisecond)
        #expect(later.isFirst)
        #expect(!earlier.isEmpty)
        earlier.join(at: 6 * Self.millisecond)
        #expect(earlier.isFirst)
        #expect(!later.isFirst)
        earlier.leave()
        #expect(later.isFirst)
        later.leave()
        #expect(earlier.isEmpty)
    }

    @Test func `databases of one folder have lines of their own`() throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        for name in ["one.db", "two.db"] { _ = try Connection.create(folder.file(name)) }
        let (one, two) = (WaitingLine(of: folder.file("one.db")), WaitingLine(of: folder.file("two.db")))
        one.join(at: Self.millisecond)
        #expect(two.isEmpty)
        two.join(at: 2 * Self.millisecond)
        #expect(two.isFirst)
    }

    @Test func `whoever is killed has left the line`() async throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let path = folder.file()
        _ = try Connection.create(path)
        let line = WaitingLine(of: path)
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let killed = WaitingLine(of: path)
            killed.join(at: 1_000_000)
            guard killed.isJoined, !WaitingLine(of: path).isEmpty else { exit(1) }
            kill(getpid(), SIGKILL)
        }
        #expect(line.isEmpty)
    }

    @Test func `where there is no line everybody is first`() {
        let lines = (1...2).map { _ in WaitingLine(of: "/no such folder/followup.db") }
        for line in lines {
            line.join(at: Self.millisecond)
            #expect(!line.isJoined)
            #expect(line.isFirst)
            #expect(line.isEmpty)
        }
    }

    /// Of such patience that a write that does not get past reaches the time limit first.
    @Test(.timeLimit(.minutes(1))) func `a write gets past one who stands first and does not move`() async throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        _ = try Connection.create(folder.file())
        let connection = try Connection.existing(folder.file(), patience: 180_000)
        let stopped = WaitingLine(of: folder.file())
        stopped.join(at: 0)
        #expect(stopped.isFirst)
        try connection.write { db in _ = try db.execute("CREATE TABLE entry (number INTEGER) STRICT") }
        for number in 1...3 {
            try connection.write { db in _ = try db.execute("INSERT INTO entry VALUES (\(number))") }
        }
        #expect(stopped.isFirst)
        #expect(try connection.read { db in try db.first("SELECT count(*) FROM entry") { try $0.int(0) } } == 3)
    }

    @Test func `whoever gives up waiting to write leaves the line`() throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let writer = try Connection.create(folder.file())
        let hasty = try Connection.existing(folder.file(), patience: 20)
        try writer.write { _ in
            #expect(failure { try hasty.write { _ in } }?.kind == .busy)
            #expect(WaitingLine(of: folder.file()).isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `where there is no line a write gives up too`() async throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let before = folder.file("before")
        try FileManager.default.createDirectory(atPath: before, withIntermediateDirectories: true)
        let writer = try Connection.create(before + "/test.db")
        let hasty = try Connection.existing(before + "/test.db", patience: 20)
        let after = folder.file("after")
        try writer.write { _ in
            // The folder is looked for when somebody writes.
            try FileManager.default.moveItem(atPath: before, toPath: after)
            #expect(failure { try hasty.write { _ in } }?.kind == .busy)
        }
    }
}
