import CivilTime
import Foundation
import Services
import Storage
import Testing

struct UpgradeCopyTests {
    @Test func `an upgrade that is repeated in the same second keeps the copy of the first, and is made`() throws {
        let desk = try BackupDesk()
        try desk.shell(
            """
            DROP TRIGGER disposition_is_owed_again; DROP INDEX episode_disposition_owed;
            ALTER TABLE episode DROP COLUMN disposition_returned_at; DROP TABLE disposition_return;
            DELETE FROM schema_migration WHERE number >= 5; PRAGMA user_version = 4;
            """
        )
        let taken = "followup.db.before-upgrade-4-\(desk.agency.now.seconds)"
        let attributes = [FileAttributeKey.posixPermissions: 0o600]
        let path = "\(desk.agency.folder)/\(taken)"
        try #require(FileManager.default.createFile(atPath: path, contents: Data("kept".utf8), attributes: attributes))
        _ = try desk.agency.open()
        #expect(try desk.besides() == [taken, taken + "+"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "kept")
        try desk.expectSound()
    }
}
