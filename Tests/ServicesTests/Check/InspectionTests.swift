import CivilTime
import CrisisCare
import Foundation
import Reports
import Services
import Testing

/// What somebody did to the file past the program is found, and named without a word of the record.
struct InspectionTests {
    /// What is done with the system's shell, and the finding that tells it.
    struct Damage: CustomTestStringConvertible, Sendable {
        var what: String
        var sql: String
        var check: String
        var words: String
        var testDescription: String { what }
    }

    private static let secret = "Qz7731"

    static let damages = [
        Damage(
            what: "a client who is gone",
            sql: "DELETE FROM client_name_word; DELETE FROM client",
            check: "references",
            words: "1 broken references in episode"
        ),
        Damage(
            what: "an index that is gone",
            sql: "DROP INDEX visit_of_episode",
            check: "schema",
            words: "1 parts are missing or changed, the first is visit_of_episode"
        ),
        Damage(
            what: "a table of somebody else's",
            sql: "CREATE TABLE \(secret) (note TEXT)",
            check: "schema",
            words: "1 parts were added by other means"
        ),
        Damage(
            what: "a step of the schema that is not the program's",
            sql: "UPDATE schema_migration SET checksum = zeroblob(32) WHERE number = 1",
            check: "migrations",
            words: "the steps that made the schema are not this program's"
        ),
        Damage(
            what: "deadlines that are gone",
            sql: "DELETE FROM deadline",
            check: "deadlines",
            words: "the deadlines of 1 cases are not what the rules give, the first is 2026-00001"
        ),
        Damage(
            what: "a deadline that is gone",
            sql: "DELETE FROM deadline WHERE kind = 'close'",
            check: "deadlines",
            words: "the deadlines of 1 cases are not what the rules give, the first is 2026-00001"
        ),
        Damage(
            what: "a deadline that was met long ago",
            sql: """
                INSERT INTO deadline
                SELECT episode, 'first-contact', started_by, started_at, due_at, NULL, NULL, site, clinician, program,
                    case_order
                FROM deadline WHERE kind = 'close'
                """,
            check: "deadlines",
            words: "the deadlines of 1 cases are not what the rules give, the first is 2026-00001"
        ),
        Damage(
            what: "a deadline of another day",
            sql: "UPDATE deadline SET due_at = due_at + 86400 WHERE kind = 'close'",
            check: "deadlines",
            words: "the deadlines of 1 cases are not what the rules give, the first is 2026-00001"
        ),
        Damage(
            what: "a deadline of another clinician",
            sql: "UPDATE deadline SET clinician = clinician + 1 WHERE kind = 'close'",
            check: "deadlines",
            words: "the deadlines of 1 cases are not what the rules give, the first is 2026-00001"
        ),
        Damage(
            what: "deadlines of a case that was voided",
            sql: """
                UPDATE episode SET voided_at = recorded_at, void_reason = '\(secret)',
                    voided_by = (SELECT min(id) FROM staff)
                """,
            check: "voided",
            words: "3 deadlines of voided cases"
        ),
        Damage(
            what: "a program without a policy",
            sql: "DELETE FROM policy",
            check: "deadlines",
            words: "the deadlines of 1 cases are not what the rules give, the first is 2026-00001"
        ),
        Damage(
            what: "a name's word that is gone",
            sql: "DELETE FROM client_name_word WHERE word = 'qz7731'",
            check: "names",
            words: "1 words of clients' names are missing or wrong in the index of names"
        ),
        Damage(
            what: "a word that is stored beside another one than in the name",
            sql: "UPDATE client_name_word SET other_words = 'x' WHERE word = 'qz7731'",
            check: "names",
            words: "1 words of clients' names are missing or wrong in the index of names"
        ),
        Damage(
            what: "a word of a name that the client does not have",
            sql: "INSERT INTO client_name_word SELECT 'other', id, '\(secret)' FROM client",
            check: "names",
            words: "1 words in the index of names are of no client's name"
        ),
        Damage(
            what: "a name that was changed",
            sql: "UPDATE client SET last_name = 'Other'",
            check: "names",
            words: "2 words of clients' names are missing or wrong in the index of names; "
                + "1 words in the index of names are of no client's name"
        ),
        Damage(
            what: "a plan without an entry",
            sql: "DELETE FROM safety_plan_item",
            check: "orphans",
            words: "1 plans without an entry"
        ),
        Damage(
            what: "a visit that was voided before it was recorded",
            sql: """
                UPDATE visit SET voided_at = recorded_at - 1, void_reason = '\(secret)',
                    voided_by = (SELECT min(id) FROM staff)
                """,
            check: "clock",
            words: "1 visits voided before they were recorded"
        ),
        Damage(
            what: "an audit entry that was changed",
            sql: "DROP TRIGGER audit_is_not_changed; UPDATE audit SET login = '\(secret)' WHERE seq = 2",
            check: "audit",
            words: "the audit is not what was written: entry 2 was changed, or the one before it together with its hash"
        ),
    ]

    /// One case with a visit and a plan.
    private static func desk() throws -> CrisisDesk {
        let desk = try CrisisDesk()
        let number = try desk.open(secret)
        var visit = try desk.visit("2026-11-11T10:00")
        visit.note = secret
        try desk.act { _ = try $0.logVisit(number, visit) }
        let (plan, at) = (desk.plan(), try desk.instant("2026-11-11T11:00"))
        try desk.act { _ = try $0.activatePlan(number, plan, reason: "first plan", at: at) }
        return desk
    }

    private func errors(_ findings: [Finding]) -> [Finding] {
        findings.filter { $0.severity == .error }
    }

    @Test(arguments: damages)
    func `what was done past the program is found and named`(damage: Damage) throws {
        let desk = try Self.desk()
        try desk.agency.shell(damage.sql)
        let findings = try Inspection.runReadOnly(desk.agency.path, now: desk.agency.now)
        let found = try #require(errors(findings).first { $0.check == damage.check })
        #expect(found.finding == damage.words)
        #expect(!found.remedy.isEmpty)
        for finding in findings { #expect(!"\(finding)".contains(Self.secret)) }
    }

    @Test func `an index that does not agree with its table is a problem in the file`() throws {
        let desk = try Self.desk()
        try desk.agency.shell("PRAGMA wal_checkpoint(TRUNCATE)")
        let page = try #require(
            Int(desk.agency.shell("SELECT rootpage FROM sqlite_schema WHERE name = 'visit_of_episode'"))
        )
        let file = try FileHandle(forUpdating: URL(filePath: desk.agency.path))
        // The number of cells in the page's header.
        try file.seek(toOffset: UInt64((page - 1) * 4096 + 3))
        try file.write(contentsOf: Data([0, 0]))
        try file.close()
        let findings = errors(try Inspection.runReadOnly(desk.agency.path, now: desk.agency.now))
        let found = try #require(findings.first { $0.check == "integrity" })
        #expect(found.finding.hasSuffix("problems in the file"))
    }

    @Test func `a zone that the machine does not know is found, and the rest is looked through all the same`() throws {
        let desk = try Self.desk()
        try desk.agency.shell("UPDATE agency SET zone = 'America/Nowhere'")
        let findings = try Inspection.runReadOnly(desk.agency.path, now: desk.agency.now)
        #expect(errors(findings).map(\.check) == ["zone"])
        #expect(findings.contains { $0.check == "audit" && $0.severity == .ok })
    }

    @Test func `a database without its agency is not inspected`() throws {
        let agency = try TestAgency()
        try agency.shell("DELETE FROM agency")
        #expect(throws: ServiceError.notInitialized) { try Inspection.runReadOnly(agency.path, now: agency.now) }
        withExtendedLifetime(agency) {}
    }

    @Test func `an unfinished copy beside the database is told, and whether it may still be growing`() throws {
        let agency = try TestAgency()
        func leftOver() throws -> Finding? {
            try Inspection.run(agency.open()).first { $0.check == "left over" }
        }
        let copy = agency.path + ".unfinished-1"
        func touch(_ seconds: Int64) throws {
            let time = Date(timeIntervalSince1970: Double(agency.now.seconds - seconds))
            try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: copy)
        }
        #expect(try leftOver()?.severity == .ok)
        try Data([1]).write(to: URL(fileURLWithPath: copy))
        try touch(3_600)
        #expect(try leftOver()?.severity == .warning)
        #expect(try leftOver()?.finding.hasPrefix("1 unfinished files younger than an hour lie beside") == true)
        try touch(3_601)
        #expect(try leftOver()?.severity == .warning)
        #expect(try leftOver()?.finding.hasPrefix("1 unfinished files lie beside") == true)
    }

    @Test func `an old temporary file of SQLite beside the database is told, and whether it may hold records`() throws {
        let agency = try TestAgency()
        func leftOver() throws -> [Finding] {
            try Inspection.run(agency.open()).filter { $0.check == "left over" }
        }
        let file = agency.folder + "/etilqs_1a2b3c4d5e6f7890"
        func leave(_ bytes: [UInt8], before seconds: Int64) throws {
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            let time = Date(timeIntervalSince1970: Double(agency.now.seconds - seconds))
            try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: file)
        }
        try leave([], before: 3_600)
        #expect(try leftOver().map(\.severity) == [.ok])
        try leave([], before: 3_601)
        let empty = try #require(try leftOver().first)
        #expect(empty.severity == .warning)
        #expect(empty.finding.hasPrefix("1 temporary files") && empty.finding.hasSuffix("they are empty"))
        #expect(empty.remedy.contains("etilqs_"))
        try leave([1], before: 3_601)
        #expect(try leftOver().first?.finding.hasSuffix("they may hold records") == true)
        // Beside an unfinished copy each is told with its own remedy.
        let copy = agency.path + ".unfinished-1"
        try Data([1]).write(to: URL(fileURLWithPath: copy))
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: copy)
        #expect(try leftOver().map(\.severity) == [.warning, .warning])
    }
}
