import Foundation
import SQLite
import Testing

private func migration(_ name: String, _ sql: String) -> Migration {
    Migration(name: name, sql: Array(sql.utf8))
}

private let first = migration(
    "m0001_start",
    """
    -- Two statements, a trigger with a semicolon inside, and a comment at the end.
    CREATE TABLE client (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
    CREATE TABLE episode (id INTEGER PRIMARY KEY, client INTEGER NOT NULL REFERENCES client (id)) STRICT;
    CREATE TRIGGER keep BEFORE DELETE ON episode BEGIN SELECT RAISE(ABORT, 'kept; always'); END;
    INSERT INTO client VALUES (1, 'x');
    INSERT INTO episode VALUES (1, 1);
    -- end
    """
)
/// Rebuilds a table that others point to, the way SQLite's manual says.
private let second = migration(
    "m0002_rebuild",
    """
    CREATE TABLE new_client (id INTEGER PRIMARY KEY, name TEXT NOT NULL, born INTEGER) STRICT;
    INSERT INTO new_client SELECT id, name, NULL FROM client;
    DROP TABLE client;
    ALTER TABLE new_client RENAME TO client;
    """
)
private let third = migration("m0003_more", "CREATE TABLE visit (id INTEGER PRIMARY KEY) STRICT")

private func migrate(
    _ connection: borrowing Connection,
    _ migrations: [Migration],
    beforeUpgrade: () throws -> Void = {}
) throws -> [String] {
    try Migrator.migrate(
        connection,
        migrations,
        programVersion: "1.0",
        now: 1_700_000_000,
        beforeUpgrade: beforeUpgrade
    )
}

private func tables(_ connection: borrowing Connection) throws -> [String] {
    try connection.read { db in
        try db.all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") { try $0.text(0) }
    }
}

struct MigrationTests {
    @Test func `migrations run in order, once, and are recorded`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        #expect(try Migrator.state(of: connection, [first, second]) == .empty)
        #expect(try migrate(connection, [first]) == ["m0001_start"])
        #expect(try Migrator.state(of: connection, [first, second]) == .behind(applied: 1))
        #expect(try migrate(connection, [first, second, third]) == ["m0002_rebuild", "m0003_more"])
        #expect(try Migrator.state(of: connection, [first, second, third]) == .current)
        #expect(try migrate(connection, [first, second, third]) == [])
        try Migrator.verify(connection, [first, second, third])
        let ledger = try connection.read { db in
            try db.all("SELECT number, name, length(checksum), applied_at, program_version FROM schema_migration") {
                row in
                "\(try row.int(0)) \(try row.text(1)) \(try row.int(2)) \(try row.int(3)) \(try row.text(4))"
            }
        }
        #expect(
            ledger == [
                "1 m0001_start 32 1700000000 1.0", "2 m0002_rebuild 32 1700000000 1.0",
                "3 m0003_more 32 1700000000 1.0",
            ]
        )
        #expect(try tables(connection) == ["client", "episode", "schema_migration", "visit"])
    }

    @Test func `the checksum is BLAKE2b-256 of the text`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        _ = try migrate(connection, [migration("m1", "SELECT 1")])
        // As `b2sum --length=256` gives it.
        let known = try shell(folder.file(), "SELECT lower(hex(checksum)) FROM schema_migration")
        #expect(known == "5d392ba957bb573aefc83f04de1b81efef824154fdb8697e70e52ed26c585c08")
    }

    @Test func `a rebuilt table keeps the rows that point to it, and foreign keys are enforced again`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        _ = try migrate(connection, [first, second])
        #expect(try connection.foreignKeyCheck() == [])
        #expect(try connection.settings().allSatisfy(\.isRight))
        let error = failure { try connection.write { db in _ = try db.execute("INSERT INTO episode VALUES (2, 99)") } }
        #expect(error?.kind == .constraint("FOREIGN KEY"))
    }

    @Test func `a migration that leaves a row without its parent is refused`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        _ = try migrate(connection, [first])
        let careless = migration("m0002_careless", "DELETE FROM client")
        let error = failure { _ = try migrate(connection, [first, careless]) }
        #expect(error?.kind == .failedMigration("m0002_careless"))
        #expect(error?.message.contains("episode") == true)
        #expect(try connection.foreignKeyCheck() == [])
        #expect(try connection.settings().allSatisfy(\.isRight))
    }

    @Test(arguments: [
        "CREATE TABLE a (b); CREATE TABLE episode (again)", "CREATE TABLE a (b); nonsense",
        "CREATE TABLE a (b); COMMIT",
        "CREATE TABLE a (b); PRAGMA foreign_keys = ON", "CREATE TABLE a (b); INSERT INTO client VALUES (1, 'y')",
        "CREATE TABLE a (b); INSERT INTO client VALUES ('x', 'y')",
        "CREATE TABLE a (b); SELECT abs(-9223372036854775808)",
        "CREATE TABLE a (b); VACUUM", "CREATE TABLE a (b); ATTACH 'x' AS x",
    ])
    func `a migration that fails half-way leaves nothing of itself, and names itself`(_ sql: String) throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        _ = try migrate(connection, [first])
        let before = try tables(connection)
        let error = failure { _ = try migrate(connection, [first, migration("m0002_bad", sql), third]) }
        #expect(error?.kind == .failedMigration("m0002_bad"))
        #expect(error?.message.hasPrefix("m0002_bad: ") == true)
        #expect(try tables(connection) == before)
        #expect(try Migrator.state(of: connection, [first, second]) == .behind(applied: 1))
        #expect(try connection.settings().allSatisfy(\.isRight))
        #expect(try migrate(connection, [first, second]) == ["m0002_rebuild"])
    }

    @Test func `a NUL does not hide the rest of a migration`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        let error = failure { _ = try migrate(connection, [migration("m1", "CREATE TABLE a (b);\0 SELECT 1")]) }
        #expect(error?.kind == .failedMigration("m1"))
    }

    @Test func `those before the one that fails stay`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        let error = failure { _ = try migrate(connection, [first, second, migration("m0003_bad", "nonsense")]) }
        #expect(error?.kind == .failedMigration("m0003_bad"))
        #expect(try Migrator.state(of: connection, [first, second, third]) == .behind(applied: 2))
    }

    @Test func `a changed, a missing and a slipped-in migration are refused by name`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        _ = try migrate(connection, [first, second])
        let changed = migration(second.name, "SELECT 1")
        let cases: [([Migration], SQLiteError.Kind)] = [
            ([first, changed], .changedMigration(second.name)),
            ([first, changed, third], .changedMigration(second.name)),
            ([second], .missingMigration(first.name)),
            ([first, third], .missingMigration(second.name)),
            ([first, third, second], .changedMigration(second.name)),
            ([second, first], .changedMigration(first.name)),
            ([first], .newerThanProgram),
            ([], .newerThanProgram),
        ]
        for (migrations, kind) in cases {
            #expect(failure { _ = try migrate(connection, migrations) }?.kind == kind)
            #expect(failure { try Migrator.verify(connection, migrations) }?.kind == kind)
        }
        #expect(try Migrator.state(of: connection, [first]) == .newerThanProgram)
        #expect(try tables(connection) == ["client", "episode", "schema_migration"])
    }

    @Test func `before an upgrade a copy can be made, and a failure there stops it`() throws {
        struct Stop: Error {}
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        var calls = 0
        _ = try migrate(connection, [first, second]) { calls += 1 }
        #expect(calls == 0)
        #expect(throws: Stop.self) { _ = try migrate(connection, [first, second, third]) { throw Stop() } }
        #expect(try Migrator.state(of: connection, [first, second, third]) == .behind(applied: 2))
        let more = migration("m0004_more", "CREATE TABLE plan (a) ")
        _ = try migrate(connection, [first, second, third, more]) {
            calls += 1
            try connection.backup(to: folder.file("copy.db"))
            // The lock is held: nobody writes between the copy and the change.
            let other = try Connection.existing(folder.file(), patience: 0)
            #expect(failure { try other.write { _ in } }?.kind == .busy)
        }
        #expect(calls == 1)
        _ = try migrate(connection, [first, second, third, more]) { calls += 1 }
        #expect(calls == 1)
        let copy = try Connection.existing(folder.file("copy.db"))
        #expect(try tables(copy) == ["client", "episode", "schema_migration"])
        #expect(try Migrator.state(of: copy, [first, second]) == .current)
    }

    @Test func `eight programs that start at once apply each migration once`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file()
        try Connection.create(path).close()
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 1...8 {
                group.addTask { try migrate(try Connection.existing(path, patience: 60_000), [first, second, third]) }
            }
            return try await group.reduce([], +)
        }
        #expect(applied.sorted() == [first.name, second.name, third.name])
        try Migrator.verify(try Connection.existing(path), [first, second, third])
    }

    @Test func `a count in the header that disagrees with the ledger is put right`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        _ = try migrate(connection, [first])
        try shell(folder.file(), "PRAGMA user_version = 0")
        #expect(try Migrator.state(of: connection, [first]) == .empty)
        #expect(try migrate(connection, [first]) == [])
        #expect(try Migrator.state(of: connection, [first]) == .current)
    }
}
