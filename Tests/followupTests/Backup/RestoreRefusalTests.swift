import Foundation
import Glibc
import Testing

@testable import followup

/// What is left of a restore that does not come to its end, and of a check that is refused.
struct RestoreRefusalTests {
    private static func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    /// Damages a page of a database whose log is empty.
    private static func damage(_ path: String, at offset: UInt64, count: Int) throws {
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.seek(toOffset: offset)
        try file.write(contentsOf: Data(repeating: 0xA5, count: count))
        try file.close()
    }

    @Test func `the database that is there keeps who tried to replace it, and that it failed`() throws {
        let agency = try TestAgency()
        let (file, number) = (agency.home + "/copy.db", try agency.arrivedCase())
        #expect(try agency.run(["backup", file], as: "amy").status == 0)
        for (words, login, status, outcome) in [
            (["restore", file, "--force"], "sue", Int32(77), "restore refused: not-permitted"),
            (["restore", file], "bea", 77, "restore refused: not-permitted"),
            (["restore", file, "--force"], "nobody", 77, "log in refused: not-permitted"),
            (["restore", file], "amy", 74, "restore failed"),
        ] {
            let before = try StoredRows.audit(agency).count
            let result = try agency.run(words, as: login)
            #expect(result.status == status, "\(words) \(login): \(result.stderr)")
            let added = try StoredRows.audit(agency).dropFirst(before)
            #expect(added.map { "\($0.action) \($0.outcome)" } == [outcome], "\(words) \(login)")
            #expect(added.allSatisfy { $0.login == login })
        }
        try Self.damage(file, at: 3 * 4_096, count: 4_096)
        let before = try StoredRows.audit(agency).count
        #expect(try agency.run(["restore", file, "--force"], as: "amy").status == 65)
        #expect(try StoredRows.audit(agency).dropFirst(before).map(\.outcome) == ["failed"])
        #expect(try agency.run(["show", number]).status == 0)
    }

    @Test func `a restore that fails or is refused leaves no folder behind`() throws {
        let agency = try TestAgency()
        let file = agency.home + "/copy.db"
        #expect(try agency.run(["backup", file], as: "amy").status == 0)
        let place = agency.home + "/new/deep/followup.db"
        #expect(try agency.run(["restore", file, "--db", place], as: "sue").status == 77)
        #expect(!FileManager.default.fileExists(atPath: agency.home + "/new"))
        try Self.damage(file, at: 3 * 4_096, count: 4_096)
        #expect(try agency.run(["restore", file, "--db", place], as: "amy").status == 65)
        #expect(!FileManager.default.fileExists(atPath: agency.home + "/new"))
    }

    @Test func `a pipe is no backup, and is not waited for`() throws {
        let agency = try TestAgency()
        let pipe = agency.home + "/pipe"
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        for words in [["restore", pipe, "--force"], ["decrypt", pipe]] {
            #expect(try agency.run(words, as: "amy").status == ExitStatus.unusable.rawValue)
        }
    }

    @Test func `a backup does not take a name that belongs to the database`() throws {
        let agency = try TestAgency()
        let result = try agency.run(["backup", agency.database + "-journal"], as: "amy")
        #expect(result.status == 64, "\(result.stderr)")
        #expect(!FileManager.default.fileExists(atPath: agency.database + "-journal"))
    }

    @Test func `who may not check takes nobody's rights away`() throws {
        let agency = try TestAgency()
        for login in ["nobody", "bea", "ann"] {
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: agency.database)
            let result = try agency.run(["check", "--fix-modes"], as: login)
            #expect(result.status == 77, "\(login): \(result.stderr)")
            #expect(try Self.mode(agency.database) == 0o644, "\(login)")
            // Where nobody else has rights, the refusal leaves its entry.
            // SQLite gives the files beside a database the rights that the database had.
            for file in try FileManager.default.contentsOfDirectory(atPath: agency.home) {
                let path = "\(agency.home)/\(file)"
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            }
            let before = try StoredRows.audit(agency).count
            #expect(try agency.run(["check", "--fix-modes"], as: login).status == 77)
            #expect(try StoredRows.audit(agency).dropFirst(before).map(\.outcome) == ["refused: not-permitted"])
        }
    }

    @Test(arguments: [UInt64(0), 4_096, 8_192])
    func `check lists what it finds in a file that is too damaged to be opened`(offset: UInt64) throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        let copy = agency.home + "/damaged.db"
        #expect(try agency.run(["backup", copy], as: "amy").status == 0)
        // The schema itself, or a table that the program reads before it does anything.
        try Self.damage(copy, at: offset + 100, count: 3_900)
        for mode in [[], ["--read-only"]] {
            let result = try agency.run(["check", "--db", copy, "--format", "csv"] + mode, as: "amy")
            #expect(result.status == 69, "\(result.stderr)")
            #expect(result.stdout.contains("integrity,error,"), "\(result.stdout)\(result.stderr)")
            #expect(result.stdout.contains("restore the last good backup"))
        }
    }
}
