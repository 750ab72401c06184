import Foundation
import SQLite
import Testing

struct OpeningTests {
    @Test func `a new database is WAL, synced fully and for its owner alone`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        #expect(try connection.settings().filter { !$0.isRight } == [])
        #expect(try connection.settings().count >= 15)
        try connection.write { db in _ = try db.execute("CREATE TABLE t (a INTEGER) STRICT") }
        for suffix in ["", "-wal", "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file() + suffix)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
        }
        #expect(try shell(folder.file(), "PRAGMA application_id; PRAGMA journal_mode") == "\(testID)\nwal")
    }

    @Test func `the settings are these`() throws {
        let folder = try TemporaryFolder()
        let settings = try Connection.create(folder.file()).settings()
        #expect(
            settings.map { "\($0.name) = \($0.actual)" } == [
                "limit_length = 16777216", "limit_sql_length = 1048576", "limit_attached = 0",
                "limit_columns = 200", "limit_expression_depth = 200", "limit_compound_select = 50",
                "limit_statement_steps = 100000", "limit_function_arguments = 32", "limit_pattern_length = 1000",
                "limit_parameters = 1000", "limit_trigger_depth = 10", "limit_worker_threads = 0",
                "defensive = on", "trusted_schema = off", "load_extension = off",
                "double_quoted_text_in_statements = off", "double_quoted_text_in_schema = off",
                "foreign_keys = on", "no_checkpoint_on_close = on",
                "secure_delete = 1", "cell_size_check = 1", "temp_store = 1", "synchronous = 2", "journal_mode = wal",
            ]
        )
    }

    @Test func `what was deleted is overwritten in the file`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        let marker = "Zebulon-Marker"
        try connection.write { db in
            try db.execute("CREATE TABLE t (a TEXT) STRICT")
            for number in 1...100 { try db.execute("INSERT INTO t VALUES (\("\(marker) \(number)"))") }
        }
        try connection.checkpoint(truncating: true)
        func isInFile() throws -> Bool {
            let bytes = try #require(FileManager.default.contents(atPath: folder.path + "/test.db"))
            return bytes.range(of: Data(marker.utf8)) != nil
        }
        #expect(try isInFile())
        try connection.write { db in _ = try db.execute("DELETE FROM t") }
        try connection.checkpoint(truncating: true)
        #expect(try !isInFile())
    }

    @Test func `every setting has a name of its own and stands again after reopening`() throws {
        let folder = try TemporaryFolder()
        try Connection.create(folder.file()).close()
        for mode in [OpenMode.readWrite, .readOnly] {
            let settings = try Connection.existing(folder.file(), mode).settings()
            #expect(Set(settings.map(\.name)).count == settings.count)
            #expect(settings.filter { !$0.isRight } == [])
        }
    }

    @Test func `the log stays after closing, and reopening reads it`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection.create(folder.file())
        try connection.write { db in _ = try db.execute("CREATE TABLE t (a INTEGER) STRICT") }
        try connection.close()
        let size = try FileManager.default.attributesOfItem(atPath: folder.file("test.db-wal"))[.size] as? Int
        #expect((size ?? 0) > 0)
        #expect(
            try Connection.existing(folder.file()).read { db in try db.all("SELECT * FROM t") { try $0.int(0) } } == []
        )
    }

    @Test func `create refuses whatever is there and leaves it as it is`() throws {
        let folder = try TemporaryFolder()
        try "notes".write(toFile: folder.file(), atomically: false, encoding: .utf8)
        #expect(failure { _ = try Connection.create(folder.file()) }?.kind == .cannotOpen(.alreadyExists))
        #expect(failure { _ = try Connection.create(folder.path) }?.kind == .cannotOpen(.alreadyExists))
        try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "nowhere")
        #expect(failure { _ = try Connection.create(folder.file("link")) }?.kind == .cannotOpen(.alreadyExists))
        #expect(try String(contentsOfFile: folder.file(), encoding: .utf8) == "notes")
    }

    @Test func `a folder that is not there is said so`() throws {
        let folder = try TemporaryFolder()
        #expect(failure { _ = try Connection.create(folder.file("no/test.db")) }?.kind == .cannotOpen(.missing))
    }

    @Test(arguments: [OpenMode.readWrite, .readOnly])
    func `what is not there, a folder or a device is not opened`(_ mode: OpenMode) throws {
        let folder = try TemporaryFolder()
        #expect(failure { _ = try Connection.existing(folder.file(), mode) }?.kind == .cannotOpen(.missing))
        #expect(failure { _ = try Connection.existing("", mode) }?.kind == .cannotOpen(.missing))
        #expect(failure { _ = try Connection.existing(folder.path, mode) }?.kind == .cannotOpen(.isDirectory))
        #expect(failure { _ = try Connection.existing("/dev/null", mode) }?.kind == .cannotOpen(.other))
        #expect(!FileManager.default.fileExists(atPath: folder.file()))
    }

    @Test(arguments: [":memory:", "file:test.db", "file::memory:?cache=shared", "a b%20?mode=ro#.db", "-wal"])
    func `a path is only a path`(_ name: String) throws {
        let folder = try TemporaryFolder()
        // These names are special only as relative paths, and the working folder belongs to all tests.
        let relative = String(repeating: "../", count: 40).dropLast() + folder.file(name)
        try Connection.create(String(relative)).close()
        #expect(FileManager.default.fileExists(atPath: folder.file(name)))
        #expect(failure { _ = try Connection.existing(name) }?.kind == .cannotOpen(.missing))
    }

    @Test(arguments: [OpenMode.readWrite, .readOnly])
    func `an empty file, a text file and a file cut off are not databases`(_ mode: OpenMode) throws {
        let folder = try TemporaryFolder()
        for content in ["", "x", "name,date\n", String(repeating: "name,date\n", count: 1000), "SQLite format 3\0"] {
            try content.write(toFile: folder.file(), atomically: false, encoding: .utf8)
            let error = failure { _ = try Connection.existing(folder.file(), mode) }
            #expect(error?.kind == .notADatabase, "\(content.utf8.count) bytes")
            #expect(try String(contentsOfFile: folder.file(), encoding: .utf8) == content)
        }
    }

    @Test(arguments: [0, 7, -1])
    func `the database of another program is left alone`(_ id: Int) throws {
        let folder = try TemporaryFolder()
        try shell(folder.file(), "PRAGMA application_id = \(id); CREATE TABLE t (a)")
        let before = FileManager.default.contents(atPath: folder.file())
        let error = failure { _ = try Connection.existing(folder.file()) }
        #expect(error?.kind == .notADatabase)
        #expect(FileManager.default.contents(atPath: folder.file()) == before)
    }

    @Test func `a database that was taken out of WAL is put back when it can be written`() throws {
        let folder = try TemporaryFolder()
        try Connection.create(folder.file()).close()
        #expect(try shell(folder.file(), "PRAGMA journal_mode = DELETE") == "delete")
        #expect(try !Connection.existing(folder.file(), .readOnly).settings().contains { !$0.isRight })
        try Connection.existing(folder.file()).close()
        #expect(try shell(folder.file(), "PRAGMA journal_mode") == "wal")
    }

    @Test func `opened for reading, a database refuses a write`() throws {
        let folder = try TemporaryFolder()
        try Connection.create(folder.file()).close()
        let connection = try Connection.existing(folder.file(), .readOnly)
        let isReadOnly = connection.isReadOnly
        #expect(isReadOnly)
        let error = failure { try connection.write { db in _ = try db.execute("CREATE TABLE t (a)") } }
        #expect(error?.kind == .readOnly)
    }
}

/// Becomes a user without rights, in the process of an exit test only: root may write everything.
private func dropRights() {
    if geteuid() == 0 { _ = setuid(65534) }
}

struct RightsTests {
    private static func database(in folder: borrowing TemporaryFolder) throws {
        let connection = try Connection.create(folder.file())
        try connection.write { db in _ = try db.execute("CREATE TABLE t AS SELECT 1 AS a") }
        try connection.checkpoint(truncating: true)
        try connection.close()
    }

    private static func protect(_ folder: borrowing TemporaryFolder, file: Int16, folder mode: Int16) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            try FileManager.default.setAttributes([.posixPermissions: file], ofItemAtPath: folder.file(name))
        }
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path)
    }

    private static func unprotect(_ folder: borrowing TemporaryFolder) {
        try? FileManager.default.setAttributes([.posixPermissions: Int16(0o755)], ofItemAtPath: folder.path)
    }

    @Test(arguments: [Int16(0o555), 0o777])
    func `a file that cannot be written is read, and the first write says why`(_ mode: Int16) async throws {
        let folder = try TemporaryFolder()
        try Self.database(in: folder)
        for suffix in ["-wal", "-shm"] { try FileManager.default.removeItem(atPath: folder.file() + suffix) }
        try Self.protect(folder, file: 0o444, folder: mode)
        await #expect(processExitsWith: .success) { [path = folder.file() as String] in
            dropRights()
            for mode in [OpenMode.readWrite, .readOnly] {
                let connection = try Connection.existing(path, mode)
                let isReadOnly = connection.isReadOnly
                #expect(isReadOnly)
                let rows = try connection.read { db in try db.all("SELECT a FROM t") { try $0.int(0) } }
                #expect(rows == [1])
                #expect(try connection.integrityCheck() == [])
                #expect(try connection.settings().allSatisfy(\.isRight))
                let error = failure { try connection.write { db in _ = try db.execute("DELETE FROM t") } }
                #expect(error?.kind == .readOnly)
            }
        }
        Self.unprotect(folder)
    }

    @Test func `a log that cannot be merged is not passed over`() async throws {
        let folder = try TemporaryFolder()
        try Self.database(in: folder)
        let connection = try Connection.existing(folder.file())
        try connection.write { db in _ = try db.execute("INSERT INTO t VALUES (\(2))") }
        try connection.close()
        try FileManager.default.removeItem(atPath: folder.file("test.db-shm"))
        try Self.protect(folder, file: 0o444, folder: 0o555)
        await #expect(processExitsWith: .success) { [path = folder.file() as String] in
            dropRights()
            // Either all of it or an error: never the state before the last commit.
            var rows: [Int] = [1, 2]
            let error = failure {
                let connection = try Connection.existing(path)
                rows = try connection.read { db in try db.all("SELECT a FROM t") { try $0.int(0) } }
            }
            #expect(rows == [1, 2])
            #expect(error == nil || error?.kind == .readOnly)
        }
        Self.unprotect(folder)
    }

    @Test func `an interrupted change that cannot be undone is not passed over`() async throws {
        let folder = try TemporaryFolder()
        try Self.database(in: folder)
        // A copy that is not in WAL, with a journal beside it as a crash leaves it.
        try Connection.existing(folder.file()).vacuum(into: folder.file("copy.db"))
        try Data(repeating: 0xD9, count: 512).write(to: URL(fileURLWithPath: folder.file("copy.db-journal")))
        try Self.protect(folder, file: 0o444, folder: 0o555)
        await #expect(processExitsWith: .success) { [path = folder.file("copy.db") as String] in
            dropRights()
            #expect(failure { _ = try Connection.existing(path, .readOnly) }?.kind == .readOnly)
        }
        Self.unprotect(folder)
    }

    @Test func `a file that may not be read is told from one that is missing`() async throws {
        let folder = try TemporaryFolder()
        try Self.database(in: folder)
        try Self.protect(folder, file: 0o000, folder: 0o755)
        await #expect(processExitsWith: .success) { [path = folder.file() as String] in
            dropRights()
            #expect(failure { _ = try Connection.existing(path) }?.kind == .cannotOpen(.noPermission))
            #expect(failure { _ = try Connection.create(path + "2") }?.kind == .cannotOpen(.noPermission))
        }
    }
}
