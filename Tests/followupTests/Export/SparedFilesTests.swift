import Foundation
import Glibc
import Testing

@testable import followup

/// What a command's output never takes the place of.
struct SparedFilesTests {
    private static let passphrase = "marmalade on seven teapots"

    private static func inode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    }

    private static func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

    private static func file(_ agency: TestAgency, _ name: String, _ text: String) throws -> String {
        let path = "\(agency.home)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }

    /// Every command that takes `-o`, with words that it understands: read from the program and from the table of its
    /// commands, so that a new one is among them.
    private static func commands(_ marked: MarkedAgency, sealed: String, secret: String) throws -> [[String]] {
        let paths = try CommandDump.read().all.filter { entry in
            (entry.command.arguments ?? []).contains { ($0.names ?? []).contains { $0.written == "-o" } }
        }
        .map { $0.path.joined(separator: " ") }
        #expect(paths.sorted() == ["calendar", "decrypt", "export", "plan print", "report"])
        return try paths.flatMap { path in
            if path == "decrypt" { return [["decrypt", sealed, "--passphrase-file", secret]] }
            let lines = CommandTable.lines.filter { $0.command == path }
            try #require(!lines.isEmpty, "\(path)")
            return lines.map { marked.words($0) }
        }
    }

    @Test func `no command with an output replaces the database, what lies beside it, or another database`() throws {
        let marked = try MarkedAgency()
        let (agency, database) = (marked.agency, marked.agency.database)
        let secret = try Self.file(agency, "secret", Self.passphrase)
        let sealed = agency.home + "/copy.sealed"
        let words = ["backup", sealed, "--encrypt", "--passphrase-file", secret]
        #expect(try agency.run(words, as: "amy").status == 0)
        try #require(FileManager.default.fileExists(atPath: database + "-wal"))
        let folder = agency.home + "-link"
        try FileManager.default.createSymbolicLink(atPath: folder, withDestinationPath: agency.home)
        defer { unsafe unlink(folder) }
        let (hard, soft) = (agency.home + "/hard.csv", agency.home + "/soft.csv")
        try FileManager.default.linkItem(atPath: database, toPath: hard)
        try FileManager.default.createSymbolicLink(atPath: soft, withDestinationPath: database)
        let targets =
            ["", "-wal", "-shm", "-journal"].map { database + $0 }
            + [folder + "/followup.db", folder + "/followup.db-journal", hard, soft, agency.home + "/kept.db"]
        let there = targets.filter { FileManager.default.fileExists(atPath: $0) }
        let before = try there.map(Self.inode)
        let counts = try StoredRows.counts(agency)
        for words in try Self.commands(marked, sealed: sealed, secret: secret) {
            for target in targets {
                // Somebody who may do all that the commands do.
                let login = words.first == "report" || words.contains("audit") ? "amy" : "bea"
                let result = try agency.run(words + ["-o", target], as: login)
                let place: Comment = "\(words) -o \(target): \(result.stderr)"
                #expect(result.status == (target == soft ? 74 : 64), place)
                #expect(result.stdout.isEmpty && result.stderr.contains("Name "), place)
            }
        }
        #expect(try there.map(Self.inode) == before)
        #expect(try StoredRows.counts(agency) == counts)
        #expect(!FileManager.default.fileExists(atPath: database + "-journal"))
        #expect(try agency.run(["check"], as: "amy").status == 0)
    }

    @Test func `a command does not replace what it reads`() throws {
        let agency = try TestAgency()
        let secret = try Self.file(agency, "secret", Self.passphrase)
        let link = agency.home + "/link"
        try FileManager.default.linkItem(atPath: secret, toPath: link)
        for target in [secret, link] {
            let words = ["export", "visits", "--encrypt", "--passphrase-file", secret, "-o", target]
            let result = try agency.run(words)
            #expect(result.status == 64 && result.stderr.contains("that this command reads"), "\(result.stderr)")
        }
        let sealed = agency.home + "/visits.sealed"
        let made = ["export", "visits", "--encrypt", "--passphrase-file", secret, "-o", sealed]
        #expect(try agency.run(made).status == 0)
        let before = try Self.bytes(sealed)
        for target in [sealed, secret, link] {
            let result = try agency.run(["decrypt", sealed, "--passphrase-file", secret, "-o", target])
            #expect(result.status == 64 && result.stderr.contains("that this command reads"), "\(result.stderr)")
        }
        #expect(try Self.bytes(sealed) == before)
        #expect(try Self.bytes(secret) == Data(Self.passphrase.utf8))
        // An older export is replaced as ever.
        #expect(try agency.run(made).status == 0)
        #expect(
            try agency.run(["decrypt", sealed, "--passphrase-file", secret, "-o", agency.home + "/v.csv"]).status == 0
        )
    }

    @Test func `a database that comes to the place while the output is written is not replaced either`() throws {
        try OutputFixture.inTemporaryFolder { folder in
            let sink = try OutputSink.open(folder + "/plan.html", sparing: SparedFiles())
            try sink.write("page")
            try Data("SQLite format 3\0 and more".utf8).write(to: URL(filePath: folder + "/plan.html"))
            let failure = #expect(throws: Failure.self) { try sink.finish() }
            #expect(failure?.status == .usage)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["plan.html"])
        }
    }

    @Test func `a database that is named without its folder is spared too`() throws {
        let agency = try TestAgency()
        for target in ["followup.db", "./followup.db-journal", agency.home + "/followup.db-wal"] {
            let script = "cd '\(agency.home)' && exec \"$0\" export visits --db followup.db -o '\(target)'"
            let result = try CommandLineTool.run(
                [],
                environment: agency.environment(),
                under: ["/bin/sh", "-c", script]
            )
            #expect(result.status == 64, "\(target): \(result.stderr)")
        }
        #expect(try agency.run(["check"], as: "amy").status == 0)
    }
}
