import CivilTime
import CrisisCare
import Foundation
import SQLite
import Sealing
import Services
import Storage
import Testing

struct RestoreTests {
    @Test func `a backup is restored into a new place, in folders that are made for it`() throws {
        let desk = try BackupDesk()
        try desk.addSite("Before")
        try desk.backUp("a.db")
        try desk.addSite("After")
        let place = desk.agency.folder + "/new/deep/followup.db"
        let summary = try desk.restore("a.db", to: place)
        #expect(summary.kept == nil && summary.lastEntryAt == desk.agency.now)
        #expect(try desk.sites(in: place) == ["Before", "Hartford"])
        #expect(try desk.audit(1, in: place) == ["restore: done"])
        try desk.expectSound(place)
        #expect(try desk.files(in: desk.agency.folder + "/new/deep").filter { !$0.contains("-") } == ["followup.db"])
        #expect(try desk.files() == ["a.db"], "nothing is put beside the backup")
        let mode = try FileManager.default.attributesOfItem(atPath: place)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a database that is there is never replaced without force, and kept with it, its log too`() throws {
        let desk = try BackupDesk()
        try desk.backUp("a.db")
        try desk.addSite("Only in the log")
        #expect(throws: BackupError.placeTaken) { try desk.restore("a.db") }
        #expect(try desk.sites() == ["Hartford", "Only in the log"])
        let summary = try desk.restore("a.db", force: true)
        let kept = try #require(summary.kept)
        #expect(kept == desk.path + ".replaced-2026-11-20T140000Z")
        #expect(try desk.sites() == ["Hartford"])
        #expect(try desk.sites(in: kept) == ["Hartford", "Only in the log"])
        try desk.expectSound()
        try desk.expectSound(kept)
        #expect(try desk.audit(1, in: kept) == ["restore: begun"])
        // Another in the same second keeps both.
        try desk.addSite("Second")
        let second = try #require(try desk.restore("a.db", force: true).kept)
        #expect(second != kept)
        #expect(try desk.sites(in: second) == ["Hartford", "Second"])
    }

    @Test func `what is restored goes on: it is written to, backed up and restored again`() throws {
        let desk = try BackupDesk()
        try desk.backUp("a.db")
        _ = try desk.restore("a.db", force: true)
        try desk.addSite("Later")
        try desk.backUp("b.db")
        _ = try desk.restore("b.db", force: true)
        #expect(try desk.sites() == ["Hartford", "Later"])
        try desk.expectSound()
    }

    @Test func `an encrypted backup is restored with its passphrase alone`() throws {
        let desk = try BackupDesk()
        try desk.backUp("a.sealed", sealedWith: BackupDesk.secret())
        try desk.addSite("After")
        #expect(throws: SealingError.wrongPassphraseOrDamaged) {
            try desk.restore("a.sealed", force: true, passphrase: "wrong horse battery")
        }
        #expect(try desk.sites() == ["After", "Hartford"])
        _ = try desk.restore("a.sealed", force: true)
        #expect(try desk.sites() == ["Hartford"])
        #expect(try desk.besides().count == 1)
    }

    @Test func `an encrypted backup that was altered or cut short is refused, and the database left`() throws {
        let desk = try BackupDesk()
        let path = try desk.backUp("a.sealed", sealedWith: BackupDesk.secret()).path
        let whole = try Data(contentsOf: URL(filePath: path))
        var altered = whole
        altered[altered.count / 2] ^= 1
        for bytes in [altered, whole.dropLast(), whole.prefix(whole.count / 2), whole + [0]] {
            try bytes.write(to: URL(filePath: path))
            #expect(throws: SealingError.damaged) { try desk.restore("a.sealed", force: true) }
            #expect(try desk.besides() == [])
            try desk.expectSound()
        }
    }

    @Test func `a damaged backup is refused, and the database left`() throws {
        let desk = try BackupDesk()
        let path = try desk.backUp("a.db").path
        let whole = try Data(contentsOf: URL(filePath: path))
        let pages = whole.count / 4096
        var refused = 0
        for page in 1..<pages {
            try whole.write(to: URL(filePath: path))
            try desk.damage(path, at: page * 4096, count: 4096)
            // A free page holds nothing that could be damaged.
            let error = try #require(throws: (any Error).self, "page \(page)") {
                try desk.restore("a.db", force: true, isDryRun: true)
            }
            #expect(error is BackupError || (error as? SQLiteError)?.kind == .corrupt, "page \(page): \(error)")
            refused += 1
        }
        #expect(refused == pages - 1)
        try desk.expectSound()
    }

    @Test func `a backup whose audit or schema was changed is refused, and the check is named`() throws {
        let desk = try BackupDesk()
        for (sql, check) in [
            ("DROP TRIGGER audit_is_not_changed; UPDATE audit SET login = 'x' WHERE seq = 2", "audit"),
            ("DROP INDEX episode_open", "schema"),
            ("CREATE TRIGGER t AFTER INSERT ON visit BEGIN DELETE FROM deadline; END", "schema"),
            ("PRAGMA foreign_keys = OFF; DELETE FROM program", "references"),
        ] {
            let path = try desk.backUp("\(check).db").path
            try desk.shell(sql, in: path)
            let error = #expect(throws: BackupError.self) { try desk.restore("\(check).db", force: true) }
            guard case .backupDamaged(let checks) = error else {
                Issue.record("\(check)")
                continue
            }
            #expect(checks.contains(check), "\(checks)")
            try FileManager.default.removeItem(atPath: path)
        }
        #expect(try desk.besides() == [])
    }

    @Test func `a backup of an older version is brought up to date in its new place`() throws {
        let desk = try BackupDesk()
        let path = try desk.backUp("a.db").path
        try desk.shell(
            """
            DROP TRIGGER disposition_is_owed_again; DROP INDEX episode_disposition_owed;
            ALTER TABLE episode DROP COLUMN disposition_returned_at; DROP TABLE disposition_return;
            DELETE FROM schema_migration WHERE number >= 5; PRAGMA user_version = 4;
            """,
            in: path
        )
        _ = try desk.restore("a.db", force: true)
        try desk.expectSound()
        #expect(try desk.audit(20).contains("migrate: done"))
        #expect(try desk.besides().count == 1, "the backup is the copy from before the upgrade")
    }

    @Test func `what is no database is refused`() throws {
        let desk = try BackupDesk()
        try Data("not a database, but long enough to be one".utf8).write(to: URL(filePath: desk.drive + "/a.db"))
        #expect(throws: SQLiteError.self) { try desk.restore("a.db", force: true) }
        #expect(throws: SQLiteError.self) { try desk.restore("none.db", force: true) }
        #expect(throws: SQLiteError.self) { try desk.restore("", force: true) }
        try desk.shell("CREATE TABLE t (a)", in: desk.drive + "/b.db")
        #expect(throws: SQLiteError.self) { try desk.restore("b.db", force: true) }
        #expect(try desk.besides() == [])
    }

    @Test func `the place must be a file, and not the backup itself`() throws {
        let desk = try BackupDesk()
        try desk.backUp("a.db")
        #expect(throws: BackupError.placeIsNoFile) { try desk.restore("a.db", to: desk.drive, force: true) }
        let link = desk.agency.folder + "/link.db"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: desk.path)
        #expect(throws: BackupError.placeIsNoFile) { try desk.restore("a.db", to: link, force: true) }
        #expect(throws: BackupError.sameFile) { try desk.restore("a.db", to: desk.drive + "/a.db", force: true) }
    }

    @Test func `a log without its database is not taken for the restored one's`() throws {
        let desk = try BackupDesk()
        try desk.backUp("a.db")
        try desk.addSite("In the log")
        try FileManager.default.removeItem(atPath: desk.path)
        try #require(FileManager.default.fileExists(atPath: desk.path + "-wal"))
        #expect(throws: BackupError.strayLog) { try desk.restore("a.db") }
        let summary = try desk.restore("a.db", force: true)
        #expect(try desk.sites() == ["Hartford"])
        try desk.expectSound()
        #expect(FileManager.default.fileExists(atPath: try #require(summary.kept) + "-wal"))
    }

    @Test func `a database that is damaged beyond opening is kept with its log and replaced`() throws {
        let desk = try BackupDesk()
        try desk.backUp("a.db")
        try desk.addSite("In the log")
        try desk.damage(desk.path, at: 0, count: 100)
        let kept = try #require(try desk.restore("a.db", force: true).kept)
        #expect(try desk.sites() == ["Hartford"])
        try desk.expectSound()
        #expect(FileManager.default.fileExists(atPath: kept) && FileManager.default.fileExists(atPath: kept + "-wal"))
    }

    @Test func `only an administrator restores, by the backup's list and by that of the database it replaces`() throws {
        let desk = try BackupDesk()
        try desk.backUp("a.db")
        for login in ["sue", "casey", "nobody"] {
            let violation = #expect(throws: RuleViolation.self) { try desk.restore("a.db", as: login, force: true) }
            #expect(violation?.rule == .notPermitted, "\(login)")
        }
        // Somebody who made himself an administrator in a database of his own is none here.
        let own = desk.drive + "/own.db"
        try NewAgency(
            name: "Own",
            zone: desk.agency.zone,
            adminLogin: "casey",
            adminName: "",
            adminSupervises: true,
            osUser: "casey"
        ).create(at: own, now: desk.agency.now)
        #expect(throws: RuleViolation.self) { try desk.restore("own.db", as: "casey", force: true) }
        #expect(try desk.sites() == ["Hartford"])
        #expect(try desk.audit(1) == ["restore: refused: not-permitted"])
        #expect(try desk.besides() == [])
    }

    @Test func `a dry run checks everything and changes nothing`() throws {
        let desk = try BackupDesk()
        try desk.backUp("a.db")
        try desk.addSite("After")
        #expect(throws: BackupError.placeTaken) { try desk.restore("a.db", isDryRun: true) }
        let summary = try desk.restore("a.db", force: true, isDryRun: true)
        #expect(summary.kept == nil)
        #expect(try desk.sites() == ["After", "Hartford"])
        _ = try desk.restore("a.db", to: desk.agency.folder + "/no/such/followup.db", isDryRun: true)
        #expect(try desk.besides() == [])
    }

    @Test func `while another has the database open it is not replaced`() throws {
        let desk = try BackupDesk()
        try desk.backUp("a.db")
        let other = try desk.agency.open()
        let error = #expect(throws: SQLiteError.self) { try desk.restore("a.db", force: true) }
        #expect(error?.kind == .busy)
        try other.addSite(named: "Still here", towns: [])
        #expect(try desk.sites() == ["Hartford", "Still here"])
        #expect(try desk.besides() == [])
    }
}
