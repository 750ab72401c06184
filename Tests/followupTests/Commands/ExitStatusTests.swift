import Foundation
import Testing

/// What scripts see: one status for one kind of failure.
struct ExitStatusTests {
    private let list = ["staff", "list"]

    @Test func `a missing database is not found, and the message names init`() throws {
        let agency = try TestAgency.empty()
        let result = try agency.run(list)
        #expect(result.status == 66)
        #expect(result.stderr.contains("followup init") && result.stderr.contains(agency.database))
        #expect(result.stdout.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: agency.home).isEmpty)
    }

    @Test func `a file that is no database, an empty one and a folder are unusable`() throws {
        let agency = try TestAgency.empty()
        for content in ["not a database, but long enough to be looked at", ""] {
            try Data(content.utf8).write(to: URL(filePath: agency.database))
            #expect(try agency.run(list).status == 69)
            #expect(try String(contentsOfFile: agency.database, encoding: .utf8) == content)
        }
        #expect(try agency.run(list + ["--db", agency.home]).status == 69)
    }

    @Test func `a damaged database is unusable`() throws {
        let agency = try TestAgency()
        let file = try FileHandle(forUpdating: URL(filePath: agency.database))
        try? FileManager.default.removeItem(atPath: agency.database + "-wal")
        try file.seek(toOffset: 100)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 8192))
        try file.close()
        let result = try agency.run(list, as: "amy")
        #expect(result.status == 69)
        #expect(result.stdout.isEmpty)
    }

    @Test func `a database that cannot be written is unusable, because nothing could be audited`() throws {
        let agency = try TestAgency()
        let result = try asSomebodyWithoutRights(list, agency)
        #expect(result.status == 69, "\(result.stderr)")
        #expect(result.stdout.isEmpty)
    }

    @Test func `a locked database is busy, and nothing was written`() throws {
        let agency = try TestAgency()
        let before = try StoredRows.counts(agency)
        try StoredRows.locked(agency) {
            let result = try agency.run(["site", "add", "Waterbury"], as: "amy")
            #expect(result.status == 75)
            #expect(result.stderr.contains("try again"))
        }
        #expect(try StoredRows.counts(agency) == before)
    }

    @Test func `output that cannot be written fails, and says that the command was carried out`() throws {
        let agency = try TestAgency()
        let read = try CommandLineTool.run(list, environment: agency.environment(), stdoutPath: "/dev/full")
        #expect(read.status == 74)
        let words = ["site", "add", "Waterbury"]
        let write = try CommandLineTool.run(words, environment: agency.environment(as: "amy"), stdoutPath: "/dev/full")
        #expect(write.status == 74)
        #expect(write.stderr.contains("do not repeat it"))
        #expect(try StoredRows.counts(agency)["site"] == 3)
    }

    @Test func `an unknown case, site, login, town or code is not found, and near ones are offered`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        #expect(try agency.run(["episode", "dispatched", "2025-99999"]).status == 66)
        #expect(try agency.run(["episode", "dispatched", "nonsense"]).status == 66)
        let visit = ["visit", "log", number, "--mode", "phone", "--with", "youth", "--at", "2025-06-03T10:00"]
        for (words, login, near) in [
            (["site", "towns", "Hartfrod", "--none"], "amy", "Hartford"),
            (["site", "add", "West", "--town", "Hartfrd"], "amy", "Hartford"),
            (["staff", "retire", "beaa"], "amy", "bea"),
            (["staff", "add", "kim", "--name", "Kim", "--role", "clinician@Torington"], "amy", "Torrington"),
            (visit + ["--by", "beea"], "bea", "bea"),
            (["episode", "close", number, "--reason", "met goals", "--override", "x"], "sue", "met treatment goals"),
        ] {
            let result = try agency.run(words, as: login)
            #expect(result.status == 66, "\(words): \(result.stderr)")
            #expect(result.stderr.contains("\"\(near)\""), "\(result.stderr)")
        }
    }

    @Test func `a list that was asked to find nothing overdue ends with 3, without a word of failure`() throws {
        let agency = try TestAgency()
        #expect(try agency.run(["overdue", "--check"]).status == 0)
        _ = try agency.openCase()
        let result = try agency.run(["overdue", "--check", "--quiet"])
        #expect(result.status == 3)
        #expect(result.stderr.isEmpty, "\(result.stderr)")
    }

    @Test func `a constraint of the database is a refusal`() throws {
        let agency = try TestAgency()
        let result = try agency.run(["holiday", "add", "2026-12-24", String(repeating: "x", count: 201)], as: "amy")
        #expect(result.status == 1)
        #expect(!result.stderr.contains("xxx"))
    }

    @Test func `with JSON asked for, an error is a JSON object with four keys`() throws {
        let agency = try TestAgency()
        for (words, kind, rule) in [
            (["staff", "list", "--format", "json", "--db", "/nonexistent/x.db"], "not-found", nil),
            (["staff", "list", "--format=json", "--bogus"], "usage", nil),
            (["--format", "json", "site", "add", "Other"], "not-permitted", "not-permitted"),
        ] as [([String], String, String?)] {
            let result = try agency.run(words)
            let failure = try #require(result.failure, "\(result.stderr)")
            #expect(Set(failure.keys) == ["error", "rule", "message", "hint"])
            #expect(failure["error"] as? String == kind)
            #expect(failure["rule"] as? String == rule)
            #expect(result.stdout.isEmpty)
        }
    }

    /// Runs the program as a user who may read the database and write neither it nor its folder.
    private func asSomebodyWithoutRights(_ words: [String], _ agency: TestAgency) throws -> CommandLineTool.Result {
        let manager = FileManager.default
        for name in try manager.contentsOfDirectory(atPath: agency.home) {
            try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: "\(agency.home)/\(name)")
        }
        try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: agency.home)
        defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: agency.home) }
        // The superuser may write whatever the rights say.
        let drop = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        return try CommandLineTool.run(
            words,
            environment: agency.environment(),
            under: getuid() == 0 ? drop : []
        )
    }
}
