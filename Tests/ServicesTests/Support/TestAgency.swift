import CivilTime
import CrisisCare
import Foundation
import Reports
import SQLite
import Services
import Storage
import Synchronization

/// An agency in a temporary folder of its own, on a real file, at a clock that the test sets.
final class TestAgency {
    let folder: String
    let now: Instant
    let zone: Zone

    var path: String { folder + "/followup.db" }

    /// - Parameter now: a local time of New York, `2026-11-20T09:00`.
    convenience init(now: String = "2026-11-20T09:00") throws {
        let zone = try Zone(named: "America/New_York")
        try self.init(now: zone.parse(now, now: Instant(seconds: 0)), zone: zone)
        try FileManager.default.copyItem(atPath: Self.template(now: self.now, zone), toPath: path)
    }

    private static let templates = Mutex<[Instant: String]>([:])

    /// A new agency's database, made once in a process for each time at which one is made.
    private static func template(now: Instant, _ zone: Zone) throws -> String {
        try templates.withLock { templates in
            if let path = templates[now] { return path }
            if templates.isEmpty { atexit { TestAgency.removeTemplates() } }
            let path = NSTemporaryDirectory() + "agency-" + UUID().uuidString + ".db"
            let agency = NewAgency(
                name: "Test agency",
                zone: zone,
                adminLogin: "admin",
                adminName: "",
                adminSupervises: true,
                osUser: "tester"
            )
            try agency.create(at: path, now: now)
            templates[now] = path
            return path
        }
    }

    private static func removeTemplates() {
        templates.withLock { templates in
            for path in templates.values { try? FileManager.default.removeItem(atPath: path) }
            templates.removeAll()
        }
    }

    /// A copy of a database that other tests share, to be changed.
    convenience init(copyOf path: String, now: Instant) throws {
        try self.init(now: now, zone: Zone(named: "America/New_York"))
        let connection = try Database.open(path, .readOnly, now: now.seconds, programVersion: ProgramVersion.current)
        try connection.backup(to: self.path)
    }

    private init(now: Instant, zone: Zone) throws {
        self.now = now
        self.zone = zone
        folder = NSTemporaryDirectory() + "followup-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func open(as login: String = "admin", at time: Instant? = nil) throws -> Session {
        try Session.open(path, as: Identity(osUser: "tester", namedLogin: login), now: time ?? now)
    }

    func instant(_ text: String) throws -> Instant {
        try zone.parse(text, now: now)
    }

    @discardableResult
    func importCaseload(_ source: String, _ configure: (inout ImportOptions) -> Void = { _ in }) throws -> ImportSummary
    {
        var options = ImportOptions()
        options.createsMissing = true
        configure(&options)
        return try open().importCaseload(from: source, options)
    }

    /// The bytes of a file that `export` writes.
    func export(_ file: CaseloadFile) throws -> [UInt8] {
        var rows: [[Cell]] = []
        try open().exportCaseload(file, in: Period()) { rows.append($0) }
        return try csvBytes(file.columns, rows, zone: zone)
    }
}
