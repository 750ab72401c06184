import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// Who may do what, where; every refusal leaves its entry in the audit.
struct AccessTests {
    private let desk: CrisisDesk
    private let number: String

    init() throws {
        desk = try CrisisDesk()
        number = try desk.open("One")
    }

    @Test(arguments: ["dana", "ana", "boss"])
    func `who has no case role at the site neither writes nor reads the case`(login: String) throws {
        let visit = try desk.visit("2026-11-11T10:00")
        let at = try desk.instant("2026-11-12T10:00")
        try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.logVisit(number, visit) }
        try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.recordDispatch(number, at: at) }
        try desk.expectRefusal(.notPermitted, as: login) {
            _ = try $0.activatePlan(number, desk.plan(), reason: "first plan", at: at)
        }
        try desk.expectRefusal(.notPermitted, as: login) {
            _ = try $0.closeEpisode(number, Discharge(at: at, on: $0.today), reason: "family moved")
        }
        try desk.expectRefusal(.notPermitted, as: login) {
            _ = try $0.amendEpisode(number, EpisodeAmendment(arrivedAt: at), reason: "typing")
        }
        try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.showCase(number, asOf: nil) }
        try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.visitList(number) }
    }

    @Test(arguments: ["ana", "boss"])
    func `who has no case role anywhere sees figures and no rows`(login: String) throws {
        try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.worklist("overdue", WorklistQuery()) }
        try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.episodeList(EpisodeQuery()) }
        try desk.expectRefusal(.notPermitted, as: login) { try $0.exportSummary(in: Period(), asOf: nil) { _ in } }
        for file in CaseloadFile.allCases {
            try desk.expectRefusal(.notPermitted, as: login) { try $0.exportCaseload(file, in: Period()) { _ in } }
        }
        try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.openEpisode(desk.request("Two")) }
        #expect(try desk.act(as: login) { try $0.totals().episodes } == 1)
    }

    @Test func `lists and files hold the cases of one's own sites alone`() throws {
        let other = try desk.open("Two") {
            $0.town = "Danbury"
            $0.clinician = "kim"
            $0.site = "Hartford"
        }
        // A case of Danbury, opened by somebody who may.
        var request = try desk.request("Three")
        request.town = "Danbury"
        let third = try desk.act(as: "dana") { try $0.openEpisode(request).caseNumber.description }
        let sees = [
            "casey": [number, other], "sam": [number, other], "dana": [third], "sue": [number, other, third],
        ]
        for (login, cases) in sees {
            let later = "2026-11-25T09:00"
            let list = try desk.act(as: login, at: later) { try $0.worklist("overdue", WorklistQuery()).0.rows }
            #expect(Set(list.map(\.caseNumber.description)) == Set(cases), "\(login)")
            let earlier = try desk.act(as: login, at: later) { session in
                var query = WorklistQuery()
                query.asOf = try desk.instant("2026-11-24T09:00")
                return try session.worklist("overdue", query).0.rows
            }
            #expect(Set(earlier.map(\.caseNumber.description)) == Set(cases), "\(login)")
            var listed: [Cell] = []
            try desk.act(as: login) { try $0.exportSummary(in: Period(), asOf: nil) { listed.append($0[0]) } }
            #expect(listed == cases.map(Cell.code), "\(login)")
            for file in [CaseloadFile.episodes] {
                var refs: [Cell] = []
                try desk.act(as: login) { try $0.exportCaseload(file, in: Period()) { refs.append($0[0]) } }
                #expect(refs == cases.map(Cell.text), "\(login)")
            }
            #expect(try desk.act(as: login) { try $0.episodeList(EpisodeQuery()).rows.count } == cases.count)
            #expect(try desk.act(as: login) { try $0.totals().episodes } == cases.count)
        }
    }

    @Test func `an episode is opened at a site where one has a role`() throws {
        var request = try desk.request("Two")
        request.town = "Danbury"
        try desk.expectRefusal(.notPermitted) { _ = try $0.openEpisode(request) }
        request.town = nil
        // Who writes at one site alone means that one; who writes everywhere has to say which.
        let opened = try desk.act { try $0.openEpisode(request).caseNumber.description }
        #expect(try desk.record(opened).site == (try desk.record(number).site))
        try desk.expectFailure(as: "sue") { _ = try $0.openEpisode(request) }
    }

    @Test(arguments: ["casey", "dana", "ana", "sam", "sue"])
    func `staff, sites and holidays are an administrator's`(login: String) throws {
        let day = try #require(CivilDate("2026-11-26"))
        let everywhere = [NamedGrant(role: .administrator, site: nil)]
        try desk.expectRefusal(.notPermitted, as: login) { try $0.addHoliday(day, named: "Thanksgiving") }
        try desk.expectRefusal(.notPermitted, as: login) { try $0.removeHoliday(day) }
        try desk.expectRefusal(.notPermitted, as: login) { try $0.addSite(named: "Norwalk", towns: []) }
        try desk.expectRefusal(.notPermitted, as: login) { try $0.setTowns([], ofSite: "Hartford") }
        try desk.expectRefusal(.notPermitted, as: login) { try $0.addStaff(login: "x", name: "", grants: []) }
        try desk.expectRefusal(.notPermitted, as: login) {
            try $0.setStaff(login: login, name: nil, grants: everywhere)
        }
        try desk.expectRefusal(.notPermitted, as: login) { try $0.retireStaff(login: "boss") }
    }

    @Test(arguments: ["casey", "dana", "ana", "boss"])
    func `a whole caseload is brought in by a supervisor`(login: String) throws {
        try desk.expectRefusal(.notPermitted, as: login) {
            _ = try $0.importCaseload(from: "/nowhere", ImportOptions())
        }
    }

    @Test func `an unknown or retired login is refused and audited`() throws {
        try desk.act(as: "boss") { try $0.retireStaff(login: "kim") }
        for login in ["nobody", "kim", ""] {
            let entries = try desk.agency.auditEntries().count
            let refusal = try #require(throws: RuleViolation.self) { _ = try desk.agency.open(as: login) }
            #expect(refusal.rule == .notPermitted)
            let added = try desk.agency.auditEntries().dropFirst(entries)
            #expect(added.map(\.outcome) == ["refused: not-permitted"])
            #expect(added.map(\.login) == [login] && added.first?.actor == nil)
        }
        #expect(try desk.agency.auditBreak() == nil)
    }

    @Test func `the last administrator can be neither retired nor demoted`() throws {
        try desk.act(as: "boss") { try $0.retireStaff(login: "admin") }
        try desk.expectRefusal(.inUse, as: "boss") { try $0.retireStaff(login: "boss") }
        try desk.expectRefusal(.inUse, as: "boss") { try $0.setStaff(login: "boss", name: nil, grants: []) }
    }

    @Test func `a reading of a case says in the audit which case, and a refused one that it was refused`() throws {
        try desk.act { _ = try $0.showCase(number, asOf: nil) }
        #expect(try desk.agency.auditEntries().last?.episode == desk.record(number).id)
        try desk.act { _ = try $0.visitList(number) }
        #expect(try desk.agency.auditEntries().last?.episode == desk.record(number).id)
        try desk.expectRefusal(.notPermitted, as: "dana") { _ = try $0.showCase(number, asOf: nil) }
        #expect(try desk.agency.auditEntries().last?.episode == desk.record(number).id)
        try desk.expectFailure { _ = try $0.showCase("2026-99999", asOf: nil) }
    }
}
