import CivilTime
import CrisisCare
import Services
import Testing

/// Records that were put in or taken out past the program are found beside the audit.
struct EntryInspectionTests {
    /// 2026-00001 was entered by hand, 2026-00002 and 2026-00003 were imported and gone on with.
    private static func desk() throws -> CrisisDesk {
        let desk = try CrisisDesk()
        let number = try desk.open("One")
        let (visit, plan) = (try desk.visit("2026-11-11T10:00"), desk.plan())
        try desk.act { _ = try $0.logVisit(number, visit) }
        try desk.act { _ = try $0.activatePlan(number, plan, reason: "first plan", at: visit.at) }
        var files = CaseloadFiles()
        for ref in ["A", "B"] {
            files.episode(ref)
            files.visit(ref)
            files.visit(ref, ["at": "2026-09-05T15:00:00-04:00"])
            files.plan(ref)
            files.windowExtension(ref)
            files.referral(ref)
        }
        // A refused row is counted nowhere.
        files.visit("A", ["mode": "pigeon"])
        let folder = desk.agency.folder + "/files"
        try files.write(to: folder)
        try desk.agency.importCaseload(folder) { $0.skipsRejected = true }
        return desk
    }

    /// Puts a copy of a table's first row in, with some columns changed.
    private static func copy(_ table: String, _ changes: String) -> String {
        """
        CREATE TEMP TABLE row AS SELECT * FROM \(table) ORDER BY id LIMIT 1; UPDATE row SET \(changes);
        INSERT INTO \(table) SELECT * FROM row
        """
    }

    private static func deletion(_ table: String, of number: String) -> String {
        """
        DELETE FROM \(table) WHERE id = (
            SELECT max(id) FROM \(table) WHERE episode = (
                SELECT id FROM episode WHERE case_order % 1000000000 = \(number.suffix(1))
            )
        )
        """
    }

    private func found(in agency: TestAgency) throws -> Finding {
        let findings = try Inspection.runReadOnly(agency.path, now: agency.now)
        return try #require(findings.first { $0.check == "entries" })
    }

    private func expectFound(_ cases: Int, first: String, in agency: TestAgency) throws {
        let finding = try found(in: agency)
        #expect(finding.severity == .error)
        #expect(
            finding.finding
                == "the records of \(cases) cases are not as many as the audit tells, the first is \(first)"
        )
        #expect(finding.remedy.contains("audit list --case CASE"))
    }

    @Test func `what was amended, voided, superseded and added later is told by the audit`() throws {
        let desk = try Self.desk()
        let number = "2026-00002"
        let visit = try desk.visit("2026-10-12T10:00")
        let id = try #require(desk.act { try $0.logVisit(number, visit) }.loggedVisit)
        try desk.act(as: "sam") { _ = try $0.voidVisit(number, id, reason: "of another case") }
        let finding = try found(in: desk.agency)
        #expect(finding.severity == .ok)
        #expect(finding.finding == "the records of 3 cases are as many as the audit tells")
    }

    @Test(arguments: ["visit", "safety_plan", "window_extension", "referral"], ["2026-00002", "2026-00003"])
    func `a record of an imported case that was taken out is found`(table: String, number: String) throws {
        let desk = try Self.desk()
        try desk.agency.shell(Self.deletion(table, of: number))
        try expectFound(1, first: number, in: desk.agency)
    }

    @Test(arguments: ["visit", "safety_plan"])
    func `a record that was entered by hand and taken out is found`(table: String) throws {
        let desk = try Self.desk()
        try desk.agency.shell(Self.deletion(table, of: "2026-00001"))
        try expectFound(1, first: "2026-00001", in: desk.agency)
    }

    @Test(arguments: [
        copy("visit", "id = 7"), copy("safety_plan", "id = 7, version = 9, superseded_at = activated_at"),
        "UPDATE audit SET detail = replace(detail, 'visits\":[null,2', 'visits\":[null,1') WHERE detail LIKE '{\"v%'",
    ])
    func `a record that was put in is found`(sql: String) throws {
        let desk = try Self.desk()
        try desk.agency.shell("DROP TRIGGER audit_is_not_changed; " + sql)
        let isAudit = sql.hasPrefix("UPDATE")
        try expectFound(isAudit ? 2 : 1, first: isAudit ? "2026-00002" : "2026-00001", in: desk.agency)
    }

    @Test(arguments: [
        copy("window_extension", "id = 7, new_end = new_end + 1"), copy("referral", "id = 7, referral_ref = '7'"),
    ])
    func `a record that was put into an imported case is found`(sql: String) throws {
        let desk = try Self.desk()
        try desk.agency.shell(sql)
        try expectFound(1, first: "2026-00002", in: desk.agency)
    }

    @Test func `a visit that was moved to another case is missed there and too many here`() throws {
        let desk = try Self.desk()
        try desk.agency.shell(
            """
            UPDATE visit SET episode = (SELECT max(id) FROM episode)
            WHERE id = (SELECT min(id) FROM visit)
            """
        )
        try expectFound(2, first: "2026-00001", in: desk.agency)
    }
}
