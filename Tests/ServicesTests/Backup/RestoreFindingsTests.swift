import CivilTime
import Foundation
import Services
import Testing

/// A backup whose file is sound and whose records are not what the rules give.
struct RestoreFindingsTests {
    /// A backup of an agency with a case, after somebody ran SQL past the program.
    private static func backup(_ desk: CrisisDesk, after sql: String) throws -> String {
        _ = try desk.open("One")
        try desk.agency.shell(sql)
        let path = desk.agency.folder + "/a.db"
        _ = try desk.agency.open(as: "admin").backUp(to: path)
        return path
    }

    private static func restore(_ backup: String, to place: String, _ desk: CrisisDesk, despite: Bool) throws
        -> RestoreSummary
    {
        let identity = Identity(osUser: "tester", namedLogin: "admin")
        let restore = Restore(of: backup, to: place, as: identity, now: desk.agency.now)
        return try restore.run(force: false, despiteFindings: despite) { try BackupDesk.secret() }
    }

    @Test(arguments: [
        "DELETE FROM deadline", "UPDATE deadline SET due_at = due_at + 86400",
        """
        INSERT INTO deadline
        SELECT episode, 'arrival', started_by, started_at, due_at, NULL, NULL, site, clinician, program, case_order
        FROM deadline WHERE kind = 'close'
        """,
    ])
    func `false deadlines are refused and named, and computed again when it is restored all the same`(sql: String)
        throws
    {
        let desk = try CrisisDesk()
        let backup = try Self.backup(desk, after: sql)
        let place = desk.agency.folder + "/new/followup.db"
        let error = #expect(throws: BackupError.self) { try Self.restore(backup, to: place, desk, despite: false) }
        let words = "the deadlines of 1 cases are not what the rules give, the first is 2026-00001"
        #expect(error == .recordsWrong(findings: [words]))
        #expect(!FileManager.default.fileExists(atPath: desk.agency.folder + "/new"), "no folder is left")
        let summary = try Self.restore(backup, to: place, desk, despite: true)
        #expect(summary.accepted == [words])
        let errors = try Inspection.runReadOnly(place, now: desk.agency.now).filter { $0.severity == .error }
        #expect(errors.map(\.finding) == [])
    }

    @Test func `words of names that are gone or false are refused, and stored anew when it is restored all the same`()
        throws
    {
        let desk = try CrisisDesk()
        let sql = "UPDATE client_name_word SET word = word || 'x', other_words = '' WHERE word = 'one'"
        let backup = try Self.backup(desk, after: sql)
        let place = desk.agency.folder + "/new.db"
        #expect(throws: BackupError.self) { try Self.restore(backup, to: place, desk, despite: false) }
        #expect(try Self.restore(backup, to: place, desk, despite: true).accepted.count == 1)
        let errors = try Inspection.runReadOnly(place, now: desk.agency.now).filter { $0.severity == .error }
        #expect(errors.map(\.finding) == [])
    }

    @Test func `deadlines of a voided case are taken out when it is restored all the same`() throws {
        let desk = try CrisisDesk()
        let voiding = "UPDATE episode SET voided_at = recorded_at, void_reason = 'x', voided_by = clinician"
        let backup = try Self.backup(desk, after: voiding)
        let place = desk.agency.folder + "/new.db"
        let summary = try Self.restore(backup, to: place, desk, despite: true)
        #expect(summary.accepted == ["3 deadlines of voided cases"])
        let errors = try Inspection.runReadOnly(place, now: desk.agency.now).filter { $0.severity == .error }
        #expect(errors.map(\.finding) == [])
    }

    @Test func `a backup that check finds nothing wrong with has nothing to accept`() throws {
        let desk = try CrisisDesk()
        let backup = try Self.backup(desk, after: "SELECT 1")
        #expect(try Self.restore(backup, to: desk.agency.folder + "/new.db", desk, despite: false).accepted == [])
    }
}
