import CivilTime
import CrisisCare
import Foundation
import SQLite
import Sealing
import Services
import Storage
import Synchronization
import Testing

struct BackupTests {
    @Test func `a backup holds what the database holds, is its owner's alone and leaves nothing beside it`() throws {
        let desk = try BackupDesk()
        try desk.addSite("In the log")
        let summary = try desk.backUp("a.db")
        #expect(summary.path == desk.drive + "/a.db" && !summary.isEncrypted)
        #expect(try desk.sites(in: summary.path).contains("In the log"))
        try desk.expectSound(summary.path)
        let attributes = try FileManager.default.attributesOfItem(atPath: summary.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(attributes[.size] as? Int == summary.bytes)
        #expect(try desk.files().filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") } == ["a.db"])
        #expect(try desk.besides() == [])
        #expect(try desk.audit(1) == ["backup: done"])
        #expect(try desk.agency.auditBreak() == nil)
    }

    @Test func `a backup made while another writes is one moment of the database`() throws {
        let desk = try BackupDesk()
        let (path, now) = (desk.path, desk.agency.now)
        let written = Atomic(0)
        let isOver = Atomic(false)
        let ended = Atomic(false)
        // A thread of its own: two writers that never pause would take both threads of the pool that tests run on.
        Thread.detachNewThread {
            while !isOver.load(ordering: .sequentiallyConsistent) {
                let identity = Identity(osUser: "tester", namedLogin: "admin")
                let number = written.load(ordering: .sequentiallyConsistent)
                guard let session = try? Session.open(path, as: identity, now: now),
                    (try? session.addSite(named: "Site \(number)", towns: [])) != nil
                else { continue }
                written.add(1, ordering: .sequentiallyConsistent)
            }
            ended.store(true, ordering: .sequentiallyConsistent)
        }
        defer {
            isOver.store(true, ordering: .sequentiallyConsistent)
            while !ended.load(ordering: .sequentiallyConsistent) { usleep(1_000) }
        }
        for round in 0..<5 { try desk.backUp("\(round).db") }
        let deadline = Date(timeIntervalSinceNow: 20)
        while written.load(ordering: .sequentiallyConsistent) == 0, Date() < deadline { usleep(1_000) }
        #expect(written.load(ordering: .sequentiallyConsistent) > 0)
        for round in 0..<5 { try desk.expectSound("\(desk.drive)/\(round).db") }
    }

    @Test func `what is in the way is refused and left as it was`() throws {
        let desk = try BackupDesk()
        try "notes".write(toFile: desk.drive + "/taken", atomically: false, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: desk.drive + "/link", withDestinationPath: "nowhere")
        try FileManager.default.createDirectory(atPath: desk.drive + "/folder", withIntermediateDirectories: false)
        for name in ["taken", "link", "folder", ""] {
            let error = #expect(throws: SQLiteError.self) { try desk.backUp(name) }
            #expect(error?.kind == .cannotOpen(.alreadyExists), "\(name)")
        }
        #expect(throws: SQLiteError.self) { try desk.backUp("no/such.db") }
        #expect(throws: SQLiteError.self) { try desk.backUp("../followup.db") }
        #expect(try String(contentsOfFile: desk.drive + "/taken", encoding: .utf8) == "notes")
        #expect(try desk.files() == ["folder", "link", "taken"])
        #expect(try !desk.audit(20).contains("backup: done"))
    }

    @Test func `who may not make a backup is refused, and the audit keeps it`() throws {
        let desk = try BackupDesk()
        for login in ["sue", "casey"] {
            let violation = #expect(throws: RuleViolation.self) { try desk.backUp("a.db", as: login) }
            #expect(violation?.rule == .notPermitted)
            #expect(try desk.audit(1) == ["backup: refused: not-permitted"])
        }
        #expect(try desk.files() == [])
        try desk.backUp("a.db", as: "boss")
    }

    @Test func `a dry run checks the place and makes nothing`() throws {
        let desk = try BackupDesk()
        let summary = try desk.backUp("a.db", keeping: 2, isDryRun: true)
        #expect(summary.bytes == nil)
        #expect(try desk.files() == [])
        #expect(try desk.audit(1) == ["backup: dry run"])
        try desk.backUp("b.db")
        #expect(throws: SQLiteError.self) { try desk.backUp("b.db", isDryRun: true) }
    }

    @Test func `a damaged database gives no backup, and no older one is removed for it`() throws {
        let desk = try BackupDesk()
        for day in 0..<3 { try desk.backUp("a.db", after: Int64(day) * 86_400, keeping: 3) }
        let before = try desk.files()
        // The table of towns, on whose pages no command of this test depends.
        try desk.shell("PRAGMA wal_checkpoint(TRUNCATE)")
        try desk.shell("PRAGMA foreign_keys = OFF; DELETE FROM program")
        let error = #expect(throws: BackupError.self) { try desk.backUp("a.db", after: 3 * 86_400, keeping: 3) }
        #expect(error == .databaseDamaged(checks: ["references"]))
        #expect(try desk.files() == before)
        #expect(try desk.audit(1) == ["backup: failed"])
    }

    @Test func `of a series so many are left, and nothing else is touched`() throws {
        let desk = try BackupDesk()
        let strangers = [
            "a.db", "a-.db", "a-2026-11-20.db", "a-2020-01-01T000000Z.db.old", "b-2020-01-01T000000Z.db",
            "a-2020-01-01T000000X.db", "aa-2020-01-01T000000Z.db", "a-2020-01-01T000000Zx.db",
        ]
        for name in strangers { try Data().write(to: URL(filePath: "\(desk.drive)/\(name)")) }
        try FileManager.default.createSymbolicLink(
            atPath: desk.drive + "/a-2020-01-01T000000Z.db",
            withDestinationPath: "a.db"
        )
        for day in 0..<5 {
            let summary = try desk.backUp("a.db", after: Int64(day) * 86_400, keeping: 3)
            #expect(summary.removed == (day < 3 ? 0 : 1) && summary.stayed == 0)
        }
        let made = ["22", "23", "24"].map { "a-2026-11-\($0)T140000Z.db" }
        #expect(try desk.files() == (strangers + made + ["a-2020-01-01T000000Z.db"]).sorted())
        // One more than there is room for, after a smaller number is named.
        #expect(try desk.backUp("a.db", after: 5 * 86_400, keeping: 1).removed == 3)
    }

    @Test func `a clock that was set back never costs the backup that was just made`() throws {
        let desk = try BackupDesk()
        for day in [5, 4, 3, 0] as [Int64] { try desk.backUp("a.db", after: day * 86_400, keeping: 2) }
        #expect(try desk.files().contains("a-2026-11-20T140000Z.db"))
        #expect(try desk.files().count == 2)
    }

    @Test func `a series without a dot, with two, or of a hidden file has its time before the last`() {
        let now = Instant(seconds: 1_795_245_296)
        #expect(BackupSeries("/x/a").path(at: now) == "/x/a-2026-11-21T071456Z")
        #expect(BackupSeries("a.b.db").path(at: now) == "a.b-2026-11-21T071456Z.db")
        #expect(BackupSeries("/x.y/.a").path(at: now) == "/x.y/.a-2026-11-21T071456Z")
        #expect(BackupSeries("a.db").path(at: Instant(seconds: -1)) == "a-1969-12-31T235959Z.db")
    }

    @Test func `an encrypted backup holds no word of the records, and nothing of them is left anywhere`() throws {
        let desk = try BackupDesk()
        try desk.addSite("Marmalade")
        let summary = try desk.backUp("a.sealed", sealedWith: BackupDesk.secret())
        let bytes = try Data(contentsOf: URL(filePath: summary.path))
        #expect(summary.isEncrypted && bytes.starts(with: Data("FLUPSEAL".utf8)))
        for marker in ["Marmalade", "SQLite format 3", "CREATE TABLE"] {
            #expect(bytes.range(of: Data(marker.utf8)) == nil)
        }
        #expect(try desk.files() == ["a.sealed"])
        #expect(try desk.besides() == [])
        var opened: [UInt8] = []
        try SealedFile.open(summary.path, with: BackupDesk.secret()) { opened += $0 }
        try Data(opened).write(to: URL(filePath: desk.drive + "/opened.db"))
        #expect(try desk.sites(in: desk.drive + "/opened.db").contains("Marmalade"))
    }

    @Test func `the age of the last backup is told, and a failed or a rehearsed one is none`() throws {
        let desk = try BackupDesk()
        func finding(after hours: Int64) throws -> Finding? {
            let now = Instant(seconds: desk.agency.now.seconds + hours * 3600)
            return try Inspection.runReadOnly(desk.path, now: now).first { $0.check == "backup" }
        }
        try desk.backUp("a.db", isDryRun: true)
        _ = try? desk.backUp("", as: "admin")
        _ = try? desk.backUp("a.db", as: "casey")
        #expect(try finding(after: 0)?.severity == .warning)
        try desk.backUp("a.db")
        #expect(try finding(after: 0)?.severity == .ok)
        #expect(try finding(after: 71)?.severity == .ok)
        #expect(try finding(after: 72)?.severity == .warning)
        #expect(try finding(after: 72)?.finding == "the last backup is 3 days old")
    }
}
