import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// Sites and staff as an administrator keeps them.
struct SiteAndStaffTests {
    private let desk: CrisisDesk

    init() throws { desk = try CrisisDesk() }

    private func site(_ name: String) throws -> SiteListing? {
        try desk.act(as: "boss") { try $0.siteList().first { $0.name == name } }
    }

    private func person(_ login: String) throws -> StaffListing? {
        try desk.act(as: "boss") { try $0.staffList().first { $0.login == login } }
    }

    @Test func `the towns of a site replace those before, and the audit has both`() throws {
        try desk.act(as: "boss") { try $0.setTowns(["Bethel", "Avon"], ofSite: "Hartford") }
        #expect(try site("Hartford")?.towns == ["Avon", "Bethel"])
        let entry = try desk.agency.auditEntries().last { $0.action == "site towns" }
        #expect(entry?.detail == "{\"towns\":[\"Avon, Hartford\",\"Avon, Bethel\"]}")
        // A call from there goes to the site from now on.
        let number = try desk.open("One") { $0.town = "Bethel" }
        let directory = try desk.act { try $0.directory() }
        #expect(try desk.record(number).site == directory.requireSite("Hartford").id)
    }

    @Test func `a town that is on no list changes nothing`() throws {
        try desk.expectFailure(as: "boss") { try $0.setTowns(["Bethel", "Atlantis"], ofSite: "Hartford") }
        try desk.expectFailure(as: "boss") { try $0.setTowns(["Bethel"], ofSite: "Atlantis") }
        #expect(try site("Hartford")?.towns == ["Avon", "Hartford"])
    }

    @Test func `a name is given to one site and to one person`() throws {
        try desk.expectRefusal(.inUse, as: "boss") { try $0.addSite(named: "Hartford", towns: []) }
        try desk.expectRefusal(.inUse, as: "boss") { try $0.addStaff(login: "casey", name: "", grants: []) }
    }

    @Test(arguments: [
        "HARTFORD", "Hartford ", " Hartford", "Hart\u{200B}ford", "Hartford\u{1B}[0m", "New  Haven", "New\u{A0}Haven",
        " ", "",
        "New\nHaven", String(repeating: "a", count: 201),
    ])
    func `a site's name is none that looks like another's, or cannot be read`(name: String) throws {
        let before = try desk.agency.tableCounts()
        #expect(throws: (any Error).self) { try desk.agency.open(as: "boss").addSite(named: name, towns: []) }
        #expect(try desk.agency.tableCounts() == before)
    }

    @Test(arguments: ["CASEY", "casey ", "ca\u{200D}sey", "x\u{1B}[31m", "", String(repeating: "a", count: 101)])
    func `a login is none that looks like another, or cannot be read`(login: String) throws {
        let before = try desk.agency.tableCounts()
        let failure = #expect(throws: (any Error).self) {
            try desk.agency.open(as: "boss").addStaff(login: login, name: "", grants: [])
        }
        #expect(failure is ServiceError || (failure as? RuleViolation)?.rule == .inUse)
        #expect(try desk.agency.tableCounts() == before)
    }

    @Test func `a name that is too long is said in words, and nothing is kept`() throws {
        let long = String(repeating: "é", count: 201)
        try desk.expectFailure(as: "boss") { try $0.addStaff(login: "lou", name: long, grants: []) }
        try desk.expectFailure(as: "boss") { try $0.setStaff(login: "kim", name: long, grants: nil) }
        var request = try desk.request("One")
        request.person = .new(firstName: long, lastName: "", birthDate: nil, sex: .female)
        try desk.expectFailure { [request] in _ = try $0.openEpisode(request) }
        request.person = .new(firstName: "", lastName: long, birthDate: nil, sex: .female)
        try desk.expectFailure { [request] in _ = try $0.openEpisode(request) }
        request = try desk.request("One")
        request.language = long
        try desk.expectFailure { [request] in _ = try $0.openEpisode(request) }
        let number = try desk.open("One")
        var correction = ClientCorrection()
        correction.lastName = long
        try desk.expectFailure { [correction] in _ = try $0.editClient(number, correction, reason: "typing") }
    }

    @Test func `who was retired and is given a role works here again, under the same login`() throws {
        try desk.act(as: "boss") { _ = try $0.retireStaff(login: "kim") }
        #expect(try person("kim")?.isRetired == true)
        #expect(throws: RuleViolation.self) { _ = try desk.agency.open(as: "kim") }
        let grant = NamedGrant(role: .supervisor, site: "Danbury")
        try desk.act(as: "boss") { try $0.setStaff(login: "kim", name: "Kim Example", grants: [grant]) }
        let kim = try #require(try person("kim"))
        #expect(!kim.isRetired)
        #expect(kim.name == "Kim Example")
        #expect(kim.roles == "supervisor@Danbury")
        _ = try desk.agency.open(as: "kim")
        let detail = try desk.agency.auditEntries().last { $0.action == "staff set" }?.detail ?? ""
        #expect(detail.contains("\"roles\":[\"clinician@Hartford\",\"supervisor@Danbury\"]"))
    }

    @Test func `a dry run of each leaves everything as it was`() throws {
        let before = try desk.agency.tableCounts()
        try desk.act(as: "boss") { try $0.setTowns(["Bethel"], ofSite: "Hartford", isDryRun: true) }
        try desk.act(as: "boss") { try $0.addSite(named: "Bethel", towns: ["Bethel"], isDryRun: true) }
        try desk.act(as: "boss") { try $0.setStaff(login: "kim", name: "K", grants: nil, isDryRun: true) }
        #expect(try site("Hartford")?.towns == ["Avon", "Hartford"])
        #expect(try person("kim")?.name == "")
        #expect(try desk.agency.tableCounts() == before)
    }

    @Test func `a person is offered the open sites and cases of where he works`() throws {
        let hartford = try desk.open("One")
        let danbury = try desk.act(as: "dana") { session in
            var request = try desk.request("Two")
            request.town = "Danbury"
            return try session.openEpisode(request).caseNumber.description
        }
        #expect(try desk.act { try $0.openCaseNumbers() } == [hartford])
        #expect(try desk.act(as: "dana") { try $0.openCaseNumbers() } == [danbury])
        #expect(try desk.act(as: "sue") { try $0.openCaseNumbers() } == [hartford, danbury])
        let casey = try desk.agency.open(as: "casey")
        let directory = try casey.directory()
        #expect(directory.openSites(in: casey.actor.scope(of: .writeCases)) == ["Hartford"])
        #expect(directory.openSites(in: .all) == ["Danbury", "Hartford"])
    }

    @Test func `the policies are those that were shipped`() throws {
        let book = try desk.act(as: "ana") { try $0.policyList() }
        let directory = try desk.act { try $0.directory() }
        for program in ShippedProgram.allCases {
            let id = try directory.requireProgram(program.rawValue)
            #expect(book.policy(of: id, on: desk.agency.zone.date(of: desk.agency.now)) == program.policy)
        }
    }
}
