import Foundation
import Testing

@testable import followup

/// Who on the machine may look at the records.
struct FileModeTests {
    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func open(_ path: String, _ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test(arguments: ["", "-wal"], [0o644, 0o660, 0o604])
    func `a database on which others have rights is refused by every command until they are taken away`(
        suffix: String,
        mode: Int
    ) throws {
        let agency = try TestAgency()
        try open(agency.database + suffix, mode)
        for words in [["overdue"], ["show", "2025-00001"], ["check"], ["export", "visits"], ["staff", "list"]] {
            let result = try agency.run(words, as: "amy")
            #expect(result.status == ExitStatus.unusable.rawValue, "\(words): \(result.stderr)")
            #expect(result.stderr.contains("followup check --fix-modes") && result.stdout.isEmpty)
        }
        let fixed = try agency.run(["check", "--fix-modes"], as: "amy")
        #expect(fixed.status == 0, "\(fixed.stdout)\(fixed.stderr)")
        #expect(try self.mode(agency.database + suffix) == 0o600)
        #expect(try agency.run(["overdue"]).status == 0)
    }

    @Test func `check --read-only looks at such a file, and says what is wrong`() throws {
        let agency = try TestAgency()
        try open(agency.database, 0o644)
        let result = try agency.run(["check", "--read-only", "--format", "csv"], as: "amy")
        #expect(result.status == ExitStatus.unusable.rawValue)
        #expect(result.stdout.contains("file modes,error"))
        #expect(try mode(agency.database) == 0o644)
        #expect(try agency.run(["check", "--read-only", "--fix-modes"]).status == ExitStatus.usage.rawValue)
    }

    @Test func `copies beside the database are looked at too`() throws {
        let agency = try TestAgency()
        for name in ["followup.db.replaced-2026-11-20T140000Z", "followup.db.before-upgrade-3-1"] {
            try Data("x".utf8).write(to: URL(filePath: "\(agency.home)/\(name)"))
            try open("\(agency.home)/\(name)", 0o644)
        }
        let result = try agency.run(["check", "--format", "csv"], as: "amy")
        #expect(result.stdout.contains("file modes,error,others on this machine have rights on 2 files"))
        #expect(try agency.run(["check", "--fix-modes"], as: "amy").status == 0)
        #expect(try mode(agency.home + "/followup.db.before-upgrade-3-1") == 0o600)
    }

    @Test func `the folder is closed if it holds nothing else, and never a folder of somebody's other files`() throws {
        let agency = try TestAgency()
        try open(agency.home, 0o777)
        let writable = try agency.run(["check", "--format", "csv"], as: "amy")
        #expect(writable.status == ExitStatus.unusable.rawValue)
        #expect(writable.stdout.contains("folder,error"))
        try Data().write(to: URL(filePath: agency.home + "/letter.txt"))
        _ = try agency.run(["check", "--fix-modes"], as: "amy")
        #expect(try mode(agency.home) == 0o777)
        try FileManager.default.removeItem(atPath: agency.home + "/letter.txt")
        #expect(try agency.run(["check", "--fix-modes"], as: "amy").status == 0)
        #expect(try mode(agency.home) == 0o700)
    }

    @Test func `whatever the umask, what the program makes is its owner's alone`() throws {
        let agency = try TestAgency.empty()
        let script = """
            umask 0; "$0" init --agency A --admin amy && "$0" backup "$HOME/copy.db" && "$0" export visits -o "$HOME/v.csv"
            """
        let result = try CommandLineTool.run(
            [],
            environment: agency.environment(as: "amy"),
            under: ["/bin/sh", "-c", script]
        )
        #expect(result.status == 0, "\(result.stderr)")
        let names = try FileManager.default.contentsOfDirectory(atPath: agency.home)
        #expect(names.contains("copy.db") && names.contains("v.csv") && names.contains("followup.db"))
        for name in names { #expect(try mode("\(agency.home)/\(name)") == 0o600, "\(name)") }
    }

    @Test func `what a killed copy left is told, and whether a command may still be making it`() throws {
        let agency = try TestAgency()
        let left = agency.database + ".unfinished-1a2b"
        try Data("x".utf8).write(to: URL(filePath: left))
        try open(left, 0o600)
        func warns(_ words: String) throws -> Bool {
            let result = try agency.run(["check", "--format", "csv"], as: "amy")
            #expect(result.status == 0, "\(result.stdout)")
            return result.stdout.contains("left over,warning,1 unfinished files \(words)")
        }
        #expect(try warns("younger than an hour lie beside the database"))
        let old = Date(timeIntervalSinceNow: -3_700)
        try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: left)
        #expect(try warns("lie beside the database"))
    }
}
