import CivilTime
import CrisisCare
import Reports
import SQLite
import Services
import Storage
import Testing

/// Cases that change hands: what is due follows, what was done stays with who did it, all of them or none.
struct ReassignCommandTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    private func clinicians(_ numbers: [String]) throws -> [String] {
        try desk.agency.read { db in
            let directory = try Directory.load(in: db)
            return try numbers.map { directory.login(try CaseFinder.find($0, in: db).clinician) }
        }
    }

    /// How many deadlines are open in each person's list as of now.
    private func owed(_ login: String) throws -> Int {
        let session = try desk.agency.open(as: "sue")
        return try session.read("overdue", needing: .readCases) { db in
            let context = try RuleContext(now: session.now, zone: session.zone, in: db)
            var request = WorklistRequest()
            request.filter.clinician = try context.directory.requireStaff(login).id
            request.withinDays = 100
            return try Worklist.read(request, within: session.actor.scope(of: .readCases), context, in: db).rows.count
        }
    }

    @Test func `pitfall 15 what is due follows the new clinician, past visits keep their author`() throws {
        let number = try desk.open("One")
        let other = try desk.open("Two")
        let visit = try desk.visit("2026-11-10T15:00")
        try desk.act { _ = try $0.logVisit(number, visit) }
        let all = try owed("casey")
        let before = try desk.deadlines(number)
        #expect(try owed("kim") == 0)
        try desk.act(as: "sam") { session in
            let account = try session.reassignEpisodes(.named([number]), to: "kim", reason: "leave")
            #expect(account.reassigned == 1 && account.refusals.isEmpty)
        }
        #expect(
            try desk.agency.auditEntries().last?.detail
                == #"{"version":[2,3],"clinician":["casey","kim"],"#
                + #""reason":[null,"leave"]}"#
        )
        #expect(try clinicians([number, other]) == ["kim", "casey"])
        let moved = try owed("kim")
        #expect(moved == before.count { $0.hasSuffix("open") })
        #expect(try owed("casey") == all - moved)
        #expect(try desk.deadlines(number) == before)
        let authors = try desk.agency.read { db in
            let directory = try Directory.load(in: db)
            return try VisitStore.records(of: CaseFinder.find(number, in: db).id, in: db).map {
                directory.login($0.clinician)
            }
        }
        #expect(authors == ["casey"])
    }

    @Test func `pitfall 14 of fifty with three not permitted none moves, or 47 do and three are named`() throws {
        var numbers: [String] = []
        for index in 0..<50 {
            let isElsewhere = [7, 23, 49].contains(index)
            numbers.append(
                try desk.open("Case\(index)", mode: .phone) { request in
                    // Casey has cases of Danbury too, at whose site Sam supervises nobody.
                    if isElsewhere {
                        request.person = .new(firstName: "D", lastName: "E\(index)", birthDate: nil, sex: .male)
                    }
                }
            )
        }
        let elsewhere = [7, 23, 49].map { numbers[$0] }
        try move(elsewhere, to: "Danbury")
        let chosen = ReassignedCases.named(numbers)
        try desk.expectRefusal(.notPermitted, as: "sam") { _ = try $0.reassignEpisodes(chosen, to: "kim") }
        #expect(Set(try clinicians(numbers)) == ["casey"])
        let refusal = try #require(throws: RuleViolation.self) {
            _ = try desk.agency.open(as: "sam").reassignEpisodes(chosen, to: "kim")
        }
        #expect(refusal.message.hasPrefix("3 of 50 cases cannot be reassigned, so that none was: "))
        #expect(elsewhere.allSatisfy(refusal.message.contains))
        let entries = try desk.agency.auditEntries().count
        let account = try desk.agency.open(as: "sam").reassignEpisodes(chosen, to: "kim", isPartial: true)
        #expect(account.reassigned == 47)
        #expect(account.refusals.map(\.caseNumber.description) == elsewhere)
        #expect(account.refusals.allSatisfy { $0.refusal.rule == .notPermitted })
        let now = try clinicians(numbers)
        #expect(zip(numbers, now).allSatisfy { $1 == (elsewhere.contains($0) ? "casey" : "kim") })
        let outcomes = try desk.agency.auditEntries().dropFirst(entries).map(\.outcome)
        #expect(outcomes.count { $0 == "done" } == 47 && outcomes.count { $0 == "refused: not-permitted" } == 3)
        #expect(try desk.agency.errors() == [])
    }

    /// Puts cases at another site, as an import would.
    private func move(_ numbers: [String], to site: String) throws {
        let connection = try Database.open(
            desk.agency.path,
            .readWrite,
            now: desk.agency.now.seconds,
            programVersion: ProgramVersion.current
        )
        try connection.write { db in
            let site = try Directory.load(in: db).requireSite(site)
            for number in numbers {
                var record = try CaseFinder.find(number, in: db)
                record.site = site.id
                let version = record.version
                record.version += 1
                #expect(try EpisodeStore.update(record, readAtVersion: version, in: db))
                try DeadlineStore.follow(record, in: db)
            }
        }
    }

    @Test func `all of a clinician's open cases move, closed ones stay`() throws {
        let numbers = try ["One", "Two", "Three"].map { try desk.open($0, mode: .phone) }
        let discharge = Discharge(at: try desk.instant("2026-11-11T09:00"), on: try #require(CivilDate("2026-11-11")))
        try desk.act { _ = try $0.closeEpisode(numbers[1], discharge, reason: "met treatment goals") }
        let sam = try desk.agency.open(as: "sam")
        let dry = try sam.reassignEpisodes(.allOf(login: "casey"), to: "kim", isDryRun: true)
        #expect(dry.reassigned == 2)
        #expect(Set(try clinicians(numbers)) == ["casey"])
        let account = try sam.reassignEpisodes(.allOf(login: "casey"), to: "kim")
        #expect(account.lines.map(\.caseNumber.description) == [numbers[0], numbers[2]])
        #expect(try clinicians(numbers) == ["kim", "casey", "kim"])
        try desk.expectRefusal(.episodeClosed, as: "sam") {
            _ = try $0.reassignEpisodes(.named([numbers[1]]), to: "kim")
        }
        let nothing = try desk.act(as: "sam") { try $0.reassignEpisodes(.allOf(login: "casey"), to: "kim") }
        #expect(nothing.lines.isEmpty)
        #expect(try desk.agency.errors() == [])
    }

    @Test func `who has a case hands it over, others' cases take a supervisor of their site`() throws {
        let number = try desk.open("One")
        for login in ["kim", "dana", "ana", "boss"] {
            try desk.expectRefusal(.notPermitted, as: login) {
                _ = try $0.reassignEpisodes(.named([number]), to: "kim")
            }
        }
        try desk.act { _ = try $0.reassignEpisodes(.named([number]), to: "kim") }
        try desk.expectRefusal(.notPermitted) { _ = try $0.reassignEpisodes(.named([number]), to: "casey") }
        for login in ["sam", "sue"] {
            try desk.act(as: login) { _ = try $0.reassignEpisodes(.named([number, number]), to: login) }
            #expect(try clinicians([number]) == [login])
        }
    }

    @Test func `a case goes only to somebody who works at its site and is not retired`() throws {
        let number = try desk.open("One")
        for target in ["dana", "ana", "boss"] {
            try desk.expectRefusal(.notPermitted, as: "sue") {
                _ = try $0.reassignEpisodes(.named([number]), to: target)
            }
        }
        try desk.act(as: "admin") { try $0.retireStaff(login: "kim") }
        try desk.expectRefusal(.notPermitted, as: "sue") { _ = try $0.reassignEpisodes(.named([number]), to: "kim") }
        try desk.expectFailure(as: "sue") { _ = try $0.reassignEpisodes(.named([number]), to: "nobody") }
        try desk.expectFailure(as: "sue") { _ = try $0.reassignEpisodes(.named([number, "2026-99999"]), to: "casey") }
    }
}
