import CivilTime
import CrisisCare
import Foundation
import Reports
import SQLite
import Services
import Storage
import Testing

/// A command's own entry in the audit, and the links of its use cases to it.
struct AuditLinkTests {
    private let desk: CrisisDesk

    init() throws { desk = try CrisisDesk() }

    private func open(_ login: String, for command: CommandContext?) throws -> Session {
        try Session.open(
            desk.agency.path,
            as: Identity(osUser: "tester", namedLogin: login),
            now: desk.agency.now,
            for: command
        )
    }

    /// The entries made by the body: number, command, action and outcome.
    private func entries(_ body: () throws -> Void) throws -> [StoredAuditEntry] {
        func all() throws -> [StoredAuditEntry] {
            try desk.agency.read { db in
                var entries: [StoredAuditEntry] = []
                try AuditStore.forEach(in: db) { entries.append($0) }
                return entries
            }
        }
        let before = try all().count
        try body()
        #expect(try desk.agency.auditBreak() == nil)
        return Array(try all().dropFirst(before))
    }

    private func expectLinked(_ entries: [StoredAuditEntry], _ expected: [String]) {
        #expect(entries.first?.entry.command == nil)
        #expect(entries.first?.entry.outcome == "begun")
        #expect(entries.map { "\($0.entry.action): \($0.entry.outcome)" }.dropFirst() == expected[...])
        #expect(entries.dropFirst().allSatisfy { $0.entry.command == entries.first?.sequence })
    }

    @Test func `a command of several sessions has one entry, and all it did links to it`() throws {
        let number = try desk.open("One")
        let visit = try desk.visit("2026-11-12T10:00")
        let command = CommandContext(action: "visit log")
        let added = try entries {
            _ = try open("casey", for: command).directory()
            _ = try open("casey", for: command).logVisit(number, visit)
            _ = try open("casey", for: command).visitList(number)
        }
        expectLinked(added, ["look up names: done", "visit log: done", "visit list: done"])
        #expect(added.first?.entry.action == "visit log")
    }

    @Test func `two commands have an entry each, also on one database at one time`() throws {
        let number = try desk.open("One")
        let (one, other) = (CommandContext(action: "visit log"), CommandContext(action: "visit log"))
        let visit = try desk.visit("2026-11-12T10:00")
        let added = try entries {
            _ = try open("casey", for: one).logVisit(number, visit)
            _ = try open("casey", for: other).logVisit(number, visit)
            _ = try open("casey", for: one).visitList(number)
        }
        #expect(added.map { $0.entry.command == nil } == [true, false, true, false, false])
        #expect(added.last?.entry.command == added.first?.sequence)
    }

    @Test func `a refused use case leaves the command's entry and its own, though all else of it was undone`() throws {
        let number = try desk.open("One")
        let late = try desk.visit("2027-02-01T10:00")
        let command = CommandContext(action: "visit log")
        let added = try entries {
            #expect(throws: RuleViolation.self) { _ = try open("casey", for: command).logVisit(number, late) }
            // What was undone is not believed to be there.
            #expect(throws: RuleViolation.self) { _ = try open("dana", for: command).logVisit(number, late) }
        }
        expectLinked(added, ["visit log: refused: in-the-future", "visit log: refused: not-permitted"])
    }

    @Test func `an entry that was undone with its transaction is written again by the next one`() throws {
        struct Failed: Error {}
        let command = CommandContext(action: "holiday add")
        let day = try #require(CivilDate("2026-12-25"))
        let connection = try Database.open(desk.agency.path, .readWrite, now: 0, programVersion: "test")
        try connection.write { db in
            try db.execute(
                """
                CREATE TRIGGER broken BEFORE INSERT ON audit WHEN new.outcome <> 'begun'
                BEGIN SELECT RAISE(ABORT, 'planted'); END
                """
            )
        }
        let none = try entries {
            #expect(throws: SQLiteError.self) { try open("boss", for: command).addHoliday(day, named: "Christmas") }
            // What cannot be audited is not read either.
            #expect(throws: SQLiteError.self) {
                _ = try open("casey", for: command).worklist("overdue", WorklistQuery())
            }
        }
        #expect(none.isEmpty, "what cannot be audited does not happen")
        try connection.write { db in try db.execute("DROP TRIGGER broken") }
        let added = try entries { try open("boss", for: command).addHoliday(day, named: "Christmas") }
        expectLinked(added, ["holiday add: done"])
    }

    @Test func `a dry run is one use case of its command`() throws {
        let command = CommandContext(action: "site add")
        let added = try entries { try open("boss", for: command).addSite(named: "Norwalk", towns: [], isDryRun: true) }
        expectLinked(added, ["site add: dry run"])
    }

    @Test func `a failed log-in links to its command, and has no actor`() throws {
        let command = CommandContext(action: "overdue")
        let added = try entries { #expect(throws: RuleViolation.self) { _ = try open("nobody", for: command) } }
        expectLinked(added, ["log in: refused: not-permitted"])
        #expect(added.allSatisfy { $0.entry.actor == nil && $0.entry.login == "nobody" })
    }

    @Test func `a command that comes to no use case has its entry alone, and once`() throws {
        let command = CommandContext(action: "overdue")
        let added = try entries {
            try open("casey", for: command).recordCommand()
            try open("casey", for: command).recordCommand()
        }
        #expect(added.map(\.entry.action) == ["overdue"] && added.map(\.entry.outcome) == ["begun"])
    }

    @Test func `an import has one entry for its command, one for itself and one for each case`() throws {
        let folder = desk.agency.folder + "/files"
        let number = try desk.open("One")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        for file in CaseloadFile.allCases {
            try Data(desk.agency.export(file)).write(to: URL(filePath: "\(folder)/\(file.name)"))
        }
        let fresh = try CrisisDesk()
        var options = ImportOptions()
        options.createsMissing = true
        let session = try Session.open(
            fresh.agency.path,
            as: Identity(osUser: "tester", namedLogin: "admin"),
            now: fresh.agency.now,
            for: CommandContext(action: "import")
        )
        let before = try fresh.agency.auditEntries().count
        _ = try session.importCaseload(from: folder, options)
        let added = try fresh.agency.auditEntries().dropFirst(before)
        #expect(added.map(\.action) == ["import", "import", "episode import"], "\(number)")
        #expect(added.dropFirst().allSatisfy { $0.command == Int64(before + 1) })
    }

    @Test func `a migration that runs when a database is opened leaves an entry for each of its steps`() throws {
        let before = try desk.agency.auditEntries().count
        let steps = try desk.agency.read { db in
            try db.first("SELECT count(*) - 4 FROM schema_migration") { try $0.int(0) } ?? 0
        }
        // As the program of the fourth step left it; a step that is added has to be taken back here too.
        try shell(
            """
            DROP TRIGGER disposition_is_owed_again; DROP INDEX episode_disposition_owed;
            ALTER TABLE episode DROP COLUMN disposition_returned_at; DROP TABLE disposition_return;
            DELETE FROM schema_migration WHERE number > 4; PRAGMA user_version = 4;
            """
        )
        _ = try open("boss", for: CommandContext(action: "staff list"))
        let added = try desk.agency.auditEntries().dropFirst(before)
        #expect(added.map(\.action) == ["staff list"] + Array(repeating: "migrate", count: steps))
        #expect(added.map(\.outcome) == ["begun"] + Array(repeating: "done", count: steps))
        #expect(added.dropFirst().allSatisfy { $0.command == Int64(before + 1) && $0.login == "boss" })
        #expect(added.dropFirst().first?.detail == "{\"migration\":[null,\"m0005_disposition\"]}")
        #expect(try desk.agency.auditBreak() == nil)
    }

    private func shell(_ sql: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sqlite3")
        process.arguments = [desk.agency.path, sql]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
