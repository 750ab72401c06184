import CivilTime
import CrisisCare
import Foundation
import Services
import Storage
import Testing

/// Sites and staff that a caseload names: listed all at once, or made on request, and never by a row that is refused.
struct ImportNameTests {
    private let agency: TestAgency

    init() throws {
        agency = try TestAgency()
    }

    @Test func `without create-missing everything unknown is listed at once`() throws {
        try agency.open().addSite(named: "Known", towns: [])
        var files = CaseloadFiles()
        files.episode("A", ["site": "Site one", "clinician": "c1"])
        files.episode("B", ["site": "Site two", "clinician": "c2"])
        files.episode("C", ["site": "Known", "clinician": "c3"])
        files.episode("D", ["site": "Known", "clinician": "admin"])
        files.visit("A", ["clinician": "c4"])
        files.visit("D", ["clinician": "c5"])
        files.plan("B", ["author": "c6"])
        files.windowExtension("C", ["approved_by": "s1"])
        files.windowExtension("D", ["approved_by": "s2"])
        let before = try agency.tableCounts()
        let refused = try #require(throws: ImportRefused.self) { try agency.take(files) { $0.createsMissing = false } }
        #expect(refused.summary.unknownSites == ["Site one", "Site two"])
        #expect(refused.summary.unknownLogins == ["c1", "c2", "c3", "c4", "c5", "c6", "s1", "s2"])
        #expect(refused.summary.hasBadValues)
        #expect(try agency.tableCounts() == before)
    }

    @Test func `with create-missing clinicians and supervisors are made at the sites of their cases`() throws {
        var files = CaseloadFiles()
        files.episode("A", ["clinician": "c1"])
        files.episode("B", ["site": "Danbury", "clinician": "c1"])
        files.visit("A", ["clinician": "c2"])
        files.plan("B", ["author": "c3"])
        files.windowExtension("A", ["approved_by": "s1"])
        files.windowExtension("B", ["approved_by": "s1"])
        let summary = try agency.take(files)
        #expect(Set(summary.newSites) == ["Hartford", "Danbury"])
        #expect(Set(summary.newLogins) == ["c1", "c2", "c3", "s1"])
        let roles = try agency.open().staffList().reduce(into: [:]) { $0[$1.login] = $1.roles }
        #expect(roles["c1"] == "clinician@Danbury, clinician@Hartford")
        #expect(roles["c2"] == "clinician@Hartford")
        #expect(roles["c3"] == "clinician@Danbury")
        #expect(roles["s1"] == "supervisor@Danbury, supervisor@Hartford")
    }

    @Test func `what is on record already is neither made nor given a role`() throws {
        let session = try agency.open()
        try session.addSite(named: "Hartford", towns: [])
        try session.addStaff(login: "casey", name: "", grants: [NamedGrant(role: .analyst, site: nil)])
        var files = CaseloadFiles()
        files.episode("A")
        files.visit("A")
        let summary = try agency.take(files)
        #expect(summary.newSites == [] && summary.newLogins == [])
        #expect(try session.staffList().first { $0.login == "casey" }?.roles == "analyst")
    }

    @Test func `a row that is refused makes nobody, and makes nobody a supervisor`() throws {
        var files = CaseloadFiles()
        files.episode("A")
        files.episode("B", ["site": "Ghost site", "clinician": "ghost1", "arrived_at": "2026-09-01T09:00:00-04:00"])
        files.visit("A", ["at": "2026-10-14T10:00:00-04:00", "clinician": "ghost2"])
        files.visit("A", ["minutes": "many", "clinician": "ghost3"])
        files.plan("A", ["coping": "", "author": "ghost4"])
        files.windowExtension("A", ["new_end": "2027-01-01", "approved_by": "ghost5"])
        // A clinician in a row that is kept, an approver in one that is refused.
        files.visit("A", ["clinician": "kim"])
        files.windowExtension("A", ["new_end": "2027-01-01", "approved_by": "kim"])
        let summary = try agency.take(files) { $0.skipsRejected = true }
        #expect(summary.count(.refused) == 6)
        #expect(summary.newSites == ["Hartford"])
        #expect(Set(summary.newLogins) == ["casey", "kim"])
        let staff = try agency.open().staffList()
        #expect(Set(staff.map(\.login)) == ["admin", "casey", "kim"])
        #expect(staff.first { $0.login == "kim" }?.roles == "clinician@Hartford")
        #expect(try agency.open().siteList().map(\.name) == ["Hartford"])
    }

    @Test func `who imports at one site alone brings in the cases of that site alone`() throws {
        let session = try agency.open()
        try session.addSite(named: "Hartford", towns: [])
        try session.addSite(named: "Danbury", towns: [])
        try session.addStaff(login: "lead", name: "", grants: [NamedGrant(role: .supervisor, site: "Hartford")])
        let before = try agency.tableCounts()
        for site in ["Danbury", "A new one"] {
            var files = CaseloadFiles()
            files.episode("A")
            files.episode("B", ["site": site])
            try files.write(to: agency.folder + "/in " + site)
            var options = ImportOptions()
            options.createsMissing = true
            options.skipsRejected = true
            let refusal = try #require(throws: RuleViolation.self) {
                _ = try agency.open(as: "lead").importCaseload(from: agency.folder + "/in " + site, options)
            }
            #expect(refusal.rule == .notPermitted)
        }
        #expect(try agency.tableCounts() == before)
    }

    @Test func `what an import would make is refused to whoever is no administrator, and counted`() throws {
        let session = try agency.open()
        try session.addSite(named: "Hartford", towns: [])
        try session.addStaff(login: "sue", name: "", grants: [NamedGrant(role: .supervisor, site: nil)])
        let cases: [([String: String], String?, String)] = [
            (["site": "Elsewhere", "clinician": "evil"], "evilsup", "2 logins and 1 site not on record"),
            (["clinician": "evil"], nil, "1 login not on record"),
            (["site": "Elsewhere", "clinician": "sue"], nil, "1 site not on record"),
        ]
        for isDryRun in [false, true] {
            for (cells, approver, words) in cases {
                var files = CaseloadFiles()
                files.episode("A", cells)
                if let approver { files.windowExtension("A", ["approved_by": approver]) }
                let before = try agency.tableCounts()
                let refusal = try #require(throws: RuleViolation.self) {
                    _ = try take(files, as: "sue", isDryRun: isDryRun)
                }
                #expect(refusal.rule == .notPermitted)
                #expect(refusal.message.contains(words) && refusal.remedy.contains("followup staff add"))
                #expect(!refusal.message.contains("evil") && !refusal.message.contains("Elsewhere"))
                #expect(try agency.tableCounts() == before)
                #expect(try agency.auditEntries().last?.outcome == "refused: not-permitted")
            }
        }
        // With nothing to be made it is a supervisor's, whatever was asked for.
        var files = CaseloadFiles()
        files.episode("A", ["clinician": "sue"])
        #expect(try take(files, as: "sue").count(.kept) == 1)
    }

    @Test func `each site and each person that an import makes has the entry that adding it by hand leaves`() throws {
        var files = CaseloadFiles()
        files.episode("A", ["clinician": "c1"])
        files.episode("B", ["site": "Danbury", "clinician": "c1"])
        files.visit("B", ["clinician": "c2"])
        files.windowExtension("A", ["approved_by": "s1"])
        let before = try agency.auditEntries().count
        try agency.take(files)
        let added = try agency.auditEntries().dropFirst(before)
        #expect(added.filter { $0.action == "site add" && $0.outcome == "done" }.count == 2)
        let staff = added.filter { $0.action == "staff add" && $0.outcome == "done" }
        #expect(
            staff.map(\.detail) == [
                #"{"roles":[null,"clinician@Danbury, clinician@Hartford"]}"#,
                #"{"roles":[null,"supervisor@Hartford"]}"#, #"{"roles":[null,"clinician@Danbury"]}"#,
            ]
        )
        let logins = try agency.read { db in
            try StaffStore.all(in: db).reduce(into: [Int64: String]()) { $0[$1.id.value] = $1.login }
        }
        #expect(staff.map { $0.record.flatMap { logins[$0] } } == ["c1", "s1", "c2"])
        // A rehearsal keeps none of them.
        let afterwards = try agency.auditEntries().count
        files = CaseloadFiles()
        files.episode("C", ["site": "Third", "clinician": "c9"])
        try agency.take(files) { $0.isDryRun = true }
        #expect(try agency.auditEntries().dropFirst(afterwards).map(\.outcome) == ["dry run"])
    }

    private func take(_ files: CaseloadFiles, as login: String, isDryRun: Bool = false) throws -> ImportSummary {
        let source = agency.folder + "/of " + login
        try? FileManager.default.removeItem(atPath: source)
        try files.write(to: source)
        var options = ImportOptions()
        options.createsMissing = true
        options.isDryRun = isDryRun
        return try agency.open(as: login).importCaseload(from: source, options)
    }

    @Test func `a call from before the program had a policy is refused with its line`() throws {
        var files = CaseloadFiles()
        files.episode("A")
        let early = ["call_received_at": "1899-12-31T10:00:00-05:00", "transferred_at": "", "dispatched_at": ""]
        let line = files.episode("B", early)
        try agency.expectRefusal(of: files, .episodes, line: line, .badValue)
    }
}
