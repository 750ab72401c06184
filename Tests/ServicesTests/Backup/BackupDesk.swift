import CivilTime
import CrisisCare
import Foundation
import SQLite
import Sealing
import Services
import Storage
import Testing

/// An agency with an administrator, a supervisor and a clinician, whose database is copied and put back.
final class BackupDesk {
    let agency: TestAgency
    /// Where backups go: a folder of its own, as a drive would be.
    let drive: String

    init() throws {
        agency = try TestAgency()
        drive = agency.folder + "/drive"
        try FileManager.default.createDirectory(atPath: drive, withIntermediateDirectories: false)
        let session = try agency.open()
        try session.addSite(named: "Hartford", towns: ["Hartford"])
        for (login, role) in [("sue", Role.supervisor), ("casey", .clinician), ("boss", .administrator)] {
            try session.addStaff(login: login, name: "", grants: [NamedGrant(role: role, site: nil)])
        }
    }

    var path: String { agency.path }

    static func secret(_ text: String = "correct horse battery") throws -> Passphrase {
        var bytes = Array(text.utf8)
        return try Passphrase(taking: &bytes)
    }

    @discardableResult
    func backUp(
        _ name: String,
        as login: String = "admin",
        after seconds: Int64 = 0,
        sealedWith passphrase: Passphrase? = nil,
        keeping keep: Int? = nil,
        isDryRun: Bool = false
    ) throws -> BackupSummary {
        let session = try agency.open(as: login, at: Instant(seconds: agency.now.seconds + seconds))
        return try session.backUp(
            to: "\(drive)/\(name)",
            sealedWith: passphrase,
            keeping: keep,
            isDryRun: isDryRun
        )
    }

    func restore(
        _ name: String,
        to place: String? = nil,
        as login: String = "admin",
        force: Bool = false,
        isDryRun: Bool = false,
        passphrase: String = "correct horse battery"
    ) throws -> RestoreSummary {
        let restore = Restore(
            of: "\(drive)/\(name)",
            to: place ?? path,
            as: Identity(osUser: "tester", namedLogin: login),
            now: agency.now
        )
        return try restore.run(force: force, isDryRun: isDryRun) { try Self.secret(passphrase) }
    }

    /// Adds a site, by which databases of different moments are told apart.
    func addSite(_ name: String) throws {
        try agency.open().addSite(named: name, towns: [])
    }

    func sites(in path: String? = nil) throws -> [String] {
        let connection = try Database.openAsItIs(path ?? self.path, .readOnly)
        return try connection.read { db in
            try db.all("SELECT name FROM site ORDER BY name") { try $0.text(0) }
        }
    }

    /// Actions and outcomes of the audit's last entries.
    func audit(_ count: Int, in path: String? = nil) throws -> [String] {
        let connection = try Database.openAsItIs(path ?? self.path, .readOnly)
        var entries: [String] = []
        try connection.read { db in
            try AuditStore.forEach(in: db) { entries.append("\($0.entry.action): \($0.entry.outcome)") }
        }
        return entries.suffix(count)
    }

    func files(in folder: String? = nil) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder ?? drive).sorted()
    }

    /// What lies beside the database, but for the drive and what SQLite keeps there.
    func besides() throws -> [String] {
        let expected = ["followup.db", "followup.db-wal", "followup.db-shm", "drive"]
        return try files(in: agency.folder).filter { !expected.contains($0) }
    }

    func expectSound(_ path: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let errors = try Inspection.runReadOnly(path ?? self.path, now: agency.now).filter { $0.severity == .error }
        #expect(errors.map(\.finding) == [], sourceLocation: sourceLocation)
    }

    /// Changes bytes of a file.
    func damage(_ path: String, at offset: Int, count: Int = 64) throws {
        let file = try FileHandle(forUpdating: URL(filePath: path))
        defer { try? file.close() }
        try file.seek(toOffset: UInt64(offset))
        try file.write(contentsOf: Data(repeating: 0xA5, count: count))
    }

    /// Runs SQL as somebody with the system's shell would, past the program.
    func shell(_ sql: String, in path: String? = nil) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sqlite3")
        process.arguments = [path ?? self.path, sql]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
