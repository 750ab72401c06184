import CivilTime
import CrisisCare
import Services
import Storage
import Testing

/// Who may be named for a case, by whichever command: one rule for all of them.
struct NamedPersonTests {
    private let desk: CrisisDesk
    private let number: String

    init() throws {
        desk = try CrisisDesk()
        number = try desk.open("One")
    }

    @Test(arguments: ["dana", "ana", "boss"])
    func `who does not work with the cases of the site is named for nothing there`(login: String) throws {
        var request = try desk.request("Two")
        request.clinician = login
        try desk.expectRefusal(.notPermitted) { [request] in _ = try $0.openEpisode(request) }
        try desk.expectRefusal(.notPermitted) { [request] in
            _ = try $0.recordPhoneEpisode(request, reason: "family moved")
        }
        let visit = try desk.visit("2026-11-11T10:00")
        try desk.expectRefusal(.notPermitted) { _ = try $0.logVisit(number, visit, by: login) }
        try desk.expectRefusal(.notPermitted) { _ = try $0.rehearseVisit(number, at: visit.at, by: login) }
        let logged = try desk.act { try $0.logVisit(number, visit).loggedVisit }
        let id = try #require(logged)
        var amendment = VisitAmendment()
        amendment.clinician = login
        try desk.expectRefusal(.notPermitted) { [amendment] in
            _ = try $0.amendVisit(number, id, amendment, reason: "typing")
        }
        let end = try #require(CivilDate("2026-12-28"))
        try desk.expectRefusal(.notPermitted, as: "sam") {
            _ = try $0.extendWindow(number, to: end, requestedBy: login, reason: "intake")
        }
        try desk.expectRefusal(.notPermitted) { _ = try $0.reassignEpisodes(.named([number]), to: login) }
    }

    @Test(arguments: ["kim", "sam", "sue"])
    func `a clinician or supervisor of the site is`(login: String) throws {
        let other = try desk.open("Two") { $0.clinician = login }
        #expect(try desk.act { try $0.directory() }.login(desk.record(other).clinician) == login)
        let visit = try desk.visit("2026-11-11T10:00")
        try desk.act { _ = try $0.logVisit(number, visit, by: login) }
        let end = try #require(CivilDate("2026-12-28"))
        try desk.act(as: login == "sue" ? "sam" : "sue") {
            _ = try $0.extendWindow(number, to: end, requestedBy: login, reason: "intake")
        }
    }

    @Test func `who was retired has made the visits before, and is named for nothing since`() throws {
        try desk.act(as: "boss", at: "2026-11-12T09:00") { _ = try $0.retireStaff(login: "kim") }
        let (before, after) = (try desk.visit("2026-11-12T08:59"), try desk.visit("2026-11-12T09:00"))
        let logged = try desk.act { try $0.logVisit(number, before, by: "kim").loggedVisit }
        try desk.expectRefusal(.notPermitted) { _ = try $0.logVisit(number, after, by: "kim") }
        var later = VisitAmendment()
        later.minutes = 30
        later.clinician = "kim"
        // A correction of something else may name again whoever it was.
        let id = try #require(logged)
        try desk.act { [later] in _ = try $0.amendVisit(number, id, later, reason: "typing") }
        var request = try desk.request("Two")
        request.clinician = "kim"
        try desk.expectRefusal(.notPermitted) { [request] in _ = try $0.openEpisode(request) }
        let end = try #require(CivilDate("2026-12-28"))
        try desk.expectRefusal(.notPermitted, as: "sam") {
            _ = try $0.extendWindow(number, to: end, requestedBy: "kim", reason: "intake")
        }
        try desk.expectRefusal(.notPermitted) { _ = try $0.reassignEpisodes(.named([number]), to: "kim") }
    }

    @Test func `an import brings in the cases of people who left`() throws {
        try desk.act(as: "boss") { _ = try $0.retireStaff(login: "kim") }
        var files = CaseloadFiles(clinician: "kim")
        files.episode("A")
        files.visit("A")
        #expect(try desk.agency.take(files).count(.refused) == 0)
    }
}
