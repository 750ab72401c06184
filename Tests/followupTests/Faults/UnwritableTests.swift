import Foundation
import Testing

/// A disk that was mounted read-only: nothing can be audited, and so nothing of the record is shown.
@Suite(.enabled(if: SmallDisk.canMount, SmallDisk.skipped)) struct UnwritableTests {
    private static let commands: [([String], String)] = [
        (["overdue"], "bea"), (["today"], "bea"), (["overdue", "--count"], "bea"),
        (["episode", "list"], "bea"), (["staff", "list"], "amy"), (["check"], "amy"),
        (["export", "summary"], "amy"), (["export", "visits"], "amy"),
        (["site", "add", "Waterbury"], "amy"),
    ]

    @Test func `on a read-only disk every command is refused with the remedy, and a check without audit works`() throws
    {
        let source = try TestAgency()
        let number = try source.arrivedCase()
        let (agency, disk) = try TestAgency.onSmallDisk(source)
        // The file that SQLite shares between processes lies beside a database that was used here before.
        try agency.expectSound()
        try disk.makeReadOnly()
        for (words, login) in Self.commands + [(["show", number], "bea")] {
            try expectRefused(try agency.run(words, as: login), words)
        }
        let check = try agency.run(["check", "--read-only", "--format", "csv"])
        #expect(check.status == 0, "\(check.stdout)\(check.stderr)")
        #expect(check.stdout.contains("the deadlines of 1 cases are what the rules give"))
        #expect(!check.stdout.contains("Test"))
        try disk.makeWritable()
        #expect(try agency.run(["show", number]).status == 0)
        try agency.expectSound()
    }

    @Test func `a log that cannot be read without writing is never passed over`() throws {
        let (agency, disk) = try TestAgency.onSmallDisk(TestAgency())
        let names = try FileManager.default.contentsOfDirectory(atPath: agency.home)
        try #require(!names.contains("followup.db-shm"))
        try disk.makeReadOnly()
        for words in [["check", "--read-only"], ["check"], ["staff", "list"]] {
            try expectRefused(try agency.run(words, as: "amy"), words)
        }
    }

    @Test func `an output folder that cannot be written to is said to be one`() throws {
        let agency = try SmallCaseload.imported()
        try OutputFixture.inTemporaryFolder { folder in
            let disk = try SmallDisk(over: folder, megabytes: 1)
            try disk.makeReadOnly()
            let result = try agency.run(["export", "visits", "-o", folder + "/visits.csv"], as: "amy")
            #expect(result.status == 74, "\(result.stderr)")
            #expect(result.stderr.contains("Choose a folder that you may write to"), "\(result.stderr)")
            let words = ["import", try SmallCaseload.tiny(), "--skip-rejected", "--rejects", folder + "/rejects"]
            let rejects = try agency.run(words, as: "amy")
            #expect(rejects.status == 74, "\(rejects.stderr)")
            let made = try agency.run(["init", "--agency", "Test", "--db", folder + "/x.db"], as: "amy")
            #expect(made.status == 69 || made.status == 74, "\(made.stderr)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            withExtendedLifetime(disk) {}
        }
    }

    private func expectRefused(_ result: CommandLineTool.Result, _ words: [String]) throws {
        #expect(result.status == 69, "\(words): \(result.stderr)")
        #expect(result.stderr.contains("cannot be written"), "\(words): \(result.stderr)")
        #expect(result.stderr.contains("Check the rights of the file and of its folder"), "\(words): \(result.stderr)")
        #expect(result.stdout.isEmpty, "\(words)")
    }
}
