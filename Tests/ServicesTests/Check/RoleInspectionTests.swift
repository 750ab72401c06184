import CivilTime
import CrisisCare
import Services
import Testing

/// Roles that somebody was given or lost past the program are found beside the audit.
struct RoleInspectionTests {
    private func finding(_ agency: TestAgency) throws -> Finding {
        let findings = try Inspection.runReadOnly(agency.path, now: agency.now)
        return try #require(findings.first { $0.check == "roles" })
    }

    /// People who came in every way, and one who is retired.
    private static func desk() throws -> CrisisDesk {
        let desk = try CrisisDesk()
        let everywhere = [NamedGrant(role: .supervisor, site: nil), NamedGrant(role: .clinician, site: "Danbury")]
        try desk.act(as: "admin") { try $0.setStaff(login: "sam", name: "Sam", grants: everywhere) }
        // The same roles once more, a name alone, and a rehearsal leave them as they are.
        try desk.act(as: "admin") { try $0.setStaff(login: "sam", name: nil, grants: everywhere) }
        try desk.act(as: "admin") { try $0.setStaff(login: "kim", name: "Kim", grants: nil) }
        try desk.act(as: "admin") { try $0.setStaff(login: "kim", name: nil, grants: [], isDryRun: true) }
        for login in ["dana", "ana"] { try desk.act(as: "admin") { try $0.retireStaff(login: login) } }
        try desk.act(as: "admin") { try $0.setStaff(login: "ana", name: "Ana", grants: nil) }
        try desk.act(as: "admin") { try $0.setStaff(login: "boss", name: nil, grants: []) }
        var files = CaseloadFiles(clinician: "new")
        files.episode("A")
        files.episode("B", ["site": "Danbury"])
        files.windowExtension("A", ["approved_by": "newer"])
        let folder = desk.agency.folder + "/files"
        try files.write(to: folder)
        try desk.agency.importCaseload(folder)
        return desk
    }

    @Test func `whatever was given, taken, retired and brought back by the program is as the audit tells`() throws {
        let desk = try Self.desk()
        let found = try finding(desk.agency)
        #expect(found.severity == .ok)
        #expect(found.finding == "the roles of 10 people are those that the audit tells")
    }

    @Test(arguments: [true, false])
    func `the first administrator has the roles that the beginning of the audit tells`(supervises: Bool) throws {
        let agency = try TestAgency()
        let new = NewAgency(
            name: "Other",
            zone: agency.zone,
            adminLogin: "amy",
            adminName: "",
            adminSupervises: supervises,
            osUser: "tester"
        )
        let path = agency.folder + "/other.db"
        try new.create(at: path, now: agency.now)
        let findings = try Inspection.runReadOnly(path, now: agency.now)
        #expect(findings.first { $0.check == "roles" }?.severity == .ok)
        withExtendedLifetime(agency) {}
    }

    @Test(arguments: [
        "INSERT INTO staff_role SELECT id, 'administrator', NULL FROM staff WHERE login = 'casey'",
        "INSERT INTO staff_role SELECT id, 'supervisor', NULL FROM staff WHERE login = 'new'",
        "INSERT INTO staff_role SELECT id, 'analyst', NULL FROM staff WHERE login = 'boss'",
        "DELETE FROM staff_role WHERE staff = (SELECT id FROM staff WHERE login = 'admin') AND role = 'supervisor'",
        "DELETE FROM staff_role WHERE staff = (SELECT id FROM staff WHERE login = 'sam') AND site IS NOT NULL",
        """
        UPDATE staff_role SET site = (SELECT id FROM site WHERE name = 'Hartford')
        WHERE staff = (SELECT id FROM staff WHERE login = 'sam') AND site IS NOT NULL
        """,
        "UPDATE staff_role SET site = NULL WHERE staff = (SELECT id FROM staff WHERE login = 'kim')",
        "UPDATE staff SET retired_at = NULL WHERE login = 'dana'",
        "UPDATE staff SET retired_at = 7 WHERE login = 'ana'",
        "INSERT INTO staff (id, login, name, created_at) VALUES (7, 'eve', '', 7)",
    ])
    func `what was given, taken or brought back past the program is found`(sql: String) throws {
        let desk = try Self.desk()
        try desk.agency.shell(sql)
        let found = try finding(desk.agency)
        #expect(found.severity == .error)
        #expect(found.finding == "the roles or retirements of 1 people are not what the audit tells")
        #expect(found.remedy.contains("followup staff set"))
    }

    @Test func `what the remedy says makes a return without an entry right again`() throws {
        let desk = try Self.desk()
        try desk.agency.shell("UPDATE staff SET retired_at = NULL WHERE login = 'dana'")
        #expect(try finding(desk.agency).remedy.contains("followup staff retire"))
        try desk.act(as: "admin") { try $0.retireStaff(login: "dana") }
        let grants = [NamedGrant(role: .clinician, site: nil)]
        try desk.act(as: "admin") { try $0.setStaff(login: "dana", name: nil, grants: grants) }
        #expect(try finding(desk.agency).severity == .ok)
    }
}
