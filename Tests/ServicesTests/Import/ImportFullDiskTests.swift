import Foundation
import Storage
import Testing

@testable import SQLite
@testable import Services

/// A file system of its own, of a few megabytes; nothing where mounting is not allowed.
private struct SmallDisk: ~Copyable {
    let path: String

    init?(megabytes: Int) {
        self.init(kilobytes: megabytes << 10)
    }

    init?(kilobytes: Int) {
        path = NSTemporaryDirectory() + "small-disk-" + UUID().uuidString
        guard (try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)) != nil else {
            return nil
        }
        guard Self.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path]) else {
            try? FileManager.default.removeItem(atPath: path)
            return nil
        }
    }

    deinit {
        _ = Self.run("/bin/umount", ["--lazy", path])
        try? FileManager.default.removeItem(atPath: path)
    }

    private static func run(_ program: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    static var isPossible: Bool { SmallDisk(megabytes: 1) != nil }
}

/// A disk that fills up in the middle of an import leaves the database as it was.
struct ImportFullDiskTests {
    @Test(.enabled(if: SmallDisk.isPossible, "SKIPPED: no file system can be mounted here, so no disk can be filled"))
    func `a disk that is full in the middle of an import leaves everything as it was`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let agency = try TestAgency()
        var files = CaseloadFiles()
        files.episode("A")
        files.visit("A")
        try agency.take(files)
        guard let disk = SmallDisk(megabytes: 1) else {
            Issue.record("a file system was mounted a moment ago, and now it cannot be")
            return
        }
        let path = disk.path + "/followup.db"
        try agency.open().connection.backup(to: path)
        let before = try TestAgency(copyOf: path, now: agency.now).tableCounts()
        #expect(before["episode"] == 1)
        var options = ImportOptions()
        options.createsMissing = true
        for _ in 1...2 {
            let session = try Session.open(path, as: Identity(osUser: "t", namedLogin: "admin"), now: agency.now)
            let error = try #require(throws: SQLiteError.self) {
                try session.importCaseload(from: caseload.folder, options)
            }
            #expect(error.kind == .full)
        }
        // That the disk is full is itself a finding.
        let errors = try Inspection.runReadOnly(path, now: agency.now)
            .filter { $0.severity == .error && $0.check != "disk" }
        #expect(errors.map(\.finding) == [])
        // Moved to where there is room, it takes the same import.
        let rescued = try TestAgency(copyOf: path, now: agency.now)
        #expect(try rescued.tableCounts() == before)
        try rescued.importCaseload(caseload.folder)
        #expect(try rescued.tableCounts()["episode"] == caseload.refs.count + 1)
        #expect(try rescued.errors() == [])
    }

    @Test(.enabled(if: SmallDisk.isPossible, "SKIPPED: no file system can be mounted here, so no disk can be filled"))
    func `an import leaves room to go on working, or is refused`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let agency = try TestAgency()
        var options = ImportOptions()
        options.createsMissing = true
        var outcomes: Set<Bool> = []
        for kilobytes in stride(from: 1000, through: 6000, by: 250) {
            guard let disk = SmallDisk(kilobytes: kilobytes) else {
                Issue.record("a file system was mounted a moment ago, and now it cannot be")
                return
            }
            let path = disk.path + "/followup.db"
            try agency.open().connection.backup(to: path)
            let identity = Identity(osUser: "t", namedLogin: "admin")
            let isKept: Bool
            do {
                // The session ends with the scope, as a command's does with its process.
                let session = try Session.open(path, as: identity, now: agency.now)
                isKept = try session.importCaseload(from: caseload.folder, options).count(.kept) > 0
            } catch let error as SQLiteError {
                #expect(error.kind == .full, "\(kilobytes) kB")
                isKept = false
            }
            outcomes.insert(isKept)
            // Whoever comes next can read, which leaves an entry, and finds all of it or nothing.
            let next = try Session.open(path, as: identity, now: agency.now)
            _ = try next.holidayList()
            let episodes = try next.connection.read { db in
                try db.first("SELECT count(*) FROM episode") { try $0.int(0) } ?? 0
            }
            #expect(episodes == (isKept ? caseload.refs.count : 0), "\(kilobytes) kB")
        }
        #expect(outcomes == [true, false])
    }

    @Test func `a database that reaches its limit of pages in the middle of an import keeps nothing of it`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let agency = try TestAgency()
        let before = try agency.tableCounts()
        let entries = try agency.auditEntries().count
        var options = ImportOptions()
        options.createsMissing = true
        let session = try agency.open()
        // The page count differs by file; some more than there are now is in the middle of the import.
        let pages = try #require(Int(session.connection.handle.pragma("page_count").first ?? ""))
        try session.connection.handle.pragma("max_page_count = \(pages + 100)")
        let error = try #require(throws: SQLiteError.self) {
            try session.importCaseload(from: caseload.folder, options)
        }
        #expect(error.kind == .full)
        #expect(try agency.tableCounts() == before)
        #expect(try agency.auditEntries().count <= entries + 1)
        try session.connection.handle.pragma("max_page_count = 1000000")
        // The same session goes on as if nothing had been.
        #expect(try session.importCaseload(from: caseload.folder, options).count(.refused) == 0)
        #expect(try agency.errors() == [])
    }
}
