import Foundation
import SQLite
import Storage
import Testing

/// What may lie at the database's place instead of the database.
struct WrongFileTests {
    private static let commands: [[String]] = [
        ["overdue"], ["check"], ["check", "--read-only"],
        ["visit", "log", "2025-00001", "--mode", "phone", "--with", "youth"],
    ]

    /// Runs commands of every kind and expects one failure from all of them, of which no database comes into being.
    private func expect(
        _ status: Int32,
        _ words: String,
        from agency: TestAgency,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for command in Self.commands {
            let result = try agency.run(command, as: "amy")
            #expect(result.status == status, "\(command): \(result.stderr)", sourceLocation: sourceLocation)
            #expect(result.stderr.contains(words), "\(command): \(result.stderr)", sourceLocation: sourceLocation)
            #expect(result.stdout.isEmpty, sourceLocation: sourceLocation)
        }
    }

    @Test func `text is no database, and is left as it is`() throws {
        let agency = try TestAgency.empty()
        let text = String(repeating: "case_ref,at,mode\n", count: 400)
        try text.write(toFile: agency.database, atomically: false, encoding: .utf8)
        try expect(69, "not a database of this program", from: agency)
        #expect(try String(contentsOfFile: agency.database, encoding: .utf8) == text)
        #expect(try FileManager.default.contentsOfDirectory(atPath: agency.home) == ["followup.db"])
    }

    @Test func `an empty file is no database, and is not made one`() throws {
        let agency = try TestAgency.empty()
        try Data().write(to: URL(filePath: agency.database))
        try expect(69, "not a database of this program", from: agency)
        #expect(try Data(contentsOf: URL(filePath: agency.database)).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: agency.home) == ["followup.db"])
    }

    @Test func `another program's database is not touched`() throws {
        let agency = try TestAgency.empty()
        let connection = try Connection.open(agency.database, .create, applicationID: 1)
        try connection.write { db in _ = try db.execute("CREATE TABLE visit (note TEXT) STRICT") }
        try connection.close()
        let before = try Data(contentsOf: URL(filePath: agency.database))
        try expect(69, "not a database of this program", from: agency)
        #expect(try Data(contentsOf: URL(filePath: agency.database)) == before)
    }

    @Test func `a folder is said to be one`() throws {
        let agency = try TestAgency.empty()
        try FileManager.default.createDirectory(atPath: agency.database, withIntermediateDirectories: false)
        try expect(69, "This is a folder", from: agency)
    }

    @Test func `nothing is said to be nothing, and init is named`() throws {
        let agency = try TestAgency.empty()
        try expect(66, "followup init", from: agency)
        #expect(try FileManager.default.contentsOfDirectory(atPath: agency.home).isEmpty)
    }

    @Test func `a newer schema is refused with the advice to install the newer program`() throws {
        let agency = try TestAgency()
        let raised = try Self.raiseSchemaVersion(agency.database)
        try expect(69, "made by a newer version", from: agency)
        #expect(try Self.schemaVersion(agency.database) == raised)
    }

    @Test func `a migration that the program does not know is found by check`() throws {
        let agency = try TestAgency.sealed()
        let connection = try Database.open(agency.database, .readWrite, now: 0, programVersion: "test")
        try connection.write { db in
            _ = try db.execute(
                """
                INSERT INTO schema_migration (number, name, checksum, applied_at, program_version)
                VALUES (99, 'm0099_later', zeroblob(32), 0, 'later')
                """
            )
        }
        try connection.close()
        let check = try agency.run(["check", "--format", "csv"], as: "amy")
        #expect(check.status == 69)
        #expect(
            check.stdout.contains("migrations,error,the steps that made the schema are not this program's"),
            "\(check.stdout)"
        )
    }

    @Test(arguments: 0..<6)
    func `a damaged page in the middle is found by check, and never makes the program fall over`(seed: Int) throws {
        let agency = try SmallCaseload.imported()
        try Self.emptyLog(agency)
        var random = OutputFixture.Generator(seed: UInt64(seed))
        let file = try FileHandle(forUpdating: URL(filePath: agency.database))
        let pages = try file.seekToEnd() / 4_096
        // Of the first page the rest of the file is read; the others hold the records.
        let page = UInt64.random(in: 2..<pages, using: &random)
        try file.seek(toOffset: page * 4_096)
        try file.write(contentsOf: Data((0..<4_096).map { _ in UInt8.random(in: 0...255, using: &random) }))
        try file.close()
        for words in [["check"], ["check", "--read-only"]] {
            let result = try agency.run(words + ["--format", "csv"], as: "amy")
            #expect(result.status == 69, "seed \(seed), page \(page): \(result.stdout)\(result.stderr)")
            let says = result.stdout + result.stderr
            #expect(says.contains("restore"), "seed \(seed), page \(page): \(says)")
        }
        for words in [["overdue"], ["export", "summary"], ["export", "visits"], ["episode", "list", "--all"]] {
            let result = try agency.run(words, as: "amy")
            #expect(result.status == 0 || result.status == 69, "seed \(seed), page \(page), \(words): \(result.stderr)")
        }
    }

    @Test(arguments: [100, 5_000, 40_960])
    func `a database that was cut off is found by check`(bytes: Int) throws {
        let agency = try SmallCaseload.imported()
        try Self.emptyLog(agency)
        let file = try FileHandle(forUpdating: URL(filePath: agency.database))
        try file.truncate(atOffset: UInt64(bytes))
        try file.close()
        let result = try agency.run(["check"], as: "amy")
        #expect(result.status == 69, "\(result.stdout)\(result.stderr)")
    }

    @Test func `a log that was taken away is found, or was not needed`() throws {
        let agency = try SmallCaseload.imported()
        try FileManager.default.removeItem(atPath: agency.database + "-wal")
        try? FileManager.default.removeItem(atPath: agency.database + "-shm")
        let check = try agency.run(["check"], as: "amy")
        // What is left is an earlier state of the whole database; the chain of the audit is whole up to it.
        #expect(check.status == 0 || check.status == 69, "\(check.stdout)\(check.stderr)")
        #expect(try agency.run(["overdue"], as: "amy").status == check.status)
    }

    /// Moves the log into the file, so that what is done to the file is seen.
    private static func emptyLog(_ agency: TestAgency) throws {
        let connection = try Database.open(agency.database, .readWrite, now: 0, programVersion: "test")
        try connection.checkpoint(truncating: true)
        try connection.close()
    }

    /// Where the header of a SQLite file keeps the schema's version: four bytes, the largest first.
    private static let versionOffset: UInt64 = 60

    private static func schemaVersion(_ path: String) throws -> UInt8 {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }
        try file.seek(toOffset: versionOffset + 3)
        return try #require(try file.read(upToCount: 1)?.first)
    }

    private static func raiseSchemaVersion(_ path: String) throws -> UInt8 {
        let connection = try Database.open(path, .readWrite, now: 0, programVersion: "test")
        try connection.checkpoint(truncating: true)
        try connection.close()
        let raised = try schemaVersion(path) + 1
        let file = try FileHandle(forUpdating: URL(filePath: path))
        defer { try? file.close() }
        try file.seek(toOffset: versionOffset + 3)
        try file.write(contentsOf: Data([raised]))
        return raised
    }
}
