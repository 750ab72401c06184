import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// Clients: found before they are added, corrected without losing what stood before.
struct ClientCommandTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    private func open(first: String, last: String, born: String = "2012-05-01") throws -> String {
        try desk.open("x", mode: .phone) { request in
            request.person = .new(firstName: first, lastName: last, birthDate: CivilDate(born), sex: .female)
        }
    }

    /// The names found, `near` ones with a mark.
    private func find(_ text: String, as login: String = "casey") throws -> [String] {
        try desk.act(as: login) { session in
            try session.clientList(text, limit: nil).rows.map { row in
                guard case .text(let name) = row[1] else { return "" }
                return row[5] == .code("near") ? "~" + name : name
            }
        }
    }

    private func ref(_ number: String) throws -> String {
        try desk.agency.read { db in
            try #require(try ClientStore.find(CaseFinder.find(number, in: db).client, in: db)).clientRef
        }
    }

    @Test func `capitals and accents do not matter, and a beginning is enough`() throws {
        _ = try open(first: "Zoë", last: "Peña-Jensen")
        _ = try open(first: "Łukasz", last: "O'Brien")
        for text in ["zoe", "ZOË", "Zo\u{65}\u{308}", "pena", "peñ", "jen", "jensen zoe", "Peña-Jensen, Zoë", "z j p"] {
            #expect(try find(text) == ["Peña-Jensen, Zoë"], "\(text)")
        }
        for text in ["lukasz", "Łuk", "brien", "o brien"] { #expect(try find(text) == ["O'Brien, Łukasz"], "\(text)") }
        for text in ["nsen", "zoe brien", "xyz", "%", "_", "'"] { #expect(try find(text) == [], "\(text)") }
    }

    @Test func `names that are one slip away are near, those of two are not`() throws {
        _ = try open(first: "Ana", last: "Jensen")
        for text in ["jenson", "jensn", "jennsen", "jenesn", "Jansen", "ensen", "jensenn"] {
            #expect(try find(text) == ["~Jensen, Ana"], "\(text)")
        }
        for text in ["jonson", "jessan", "nejsen"] { #expect(try find(text) == [], "\(text)") }
        #expect(try find("ana jenson") == ["~Jensen, Ana"])
        #expect(try find("bob jenson") == [])
        _ = try open(first: "Eva", last: "Janson")
        #expect(try find("janson") == ["Janson, Eva"])
        #expect(try find("jansen") == ["~Janson, Eva", "~Jensen, Ana"])
    }

    @Test func `a client is found by reference, case number and birth date`() throws {
        let number = try open(first: "Ana", last: "Jensen")
        _ = try open(first: "Eva", last: "Other", born: "2012-05-02")
        let ref = try ref(number)
        for text in [ref, ref.lowercased(), number, "2012-05-01"] {
            #expect(try find(text) == ["Jensen, Ana"], "\(text)")
        }
    }

    @Test func `closed cases are listed, and each with where it stands`() throws {
        let number = try open(first: "Ana", last: "Jensen")
        let discharge = Discharge(at: try desk.instant("2026-11-11T09:00"), on: try #require(CivilDate("2026-11-11")))
        try desk.act { _ = try $0.closeEpisode(number, discharge, reason: "met treatment goals") }
        let ref = try ref(number)
        let second = try desk.open("x", call: "2026-11-12T10:00", mode: .phone) { $0.person = .known(ref: ref) }
        let rows = try desk.act { try $0.clientList("jensen", limit: nil).rows }
        #expect(rows.map { $0[4] } == [.text("\(number) closed, \(second) open")])
        // A voided case is gone; its client is still on record, and so is not added twice.
        for voided in [number, second] { try desk.act(as: "sam") { _ = try $0.voidEpisode(voided, reason: "x") } }
        #expect(try desk.act { try $0.clientList("jensen", limit: nil).rows.map { $0[4] } } == [.null])
        #expect(try find(second) == [])
    }

    @Test func `nobody finds or edits a client of another site`() throws {
        let number = try open(first: "Ana", last: "Jensen")
        let ref = try ref(number)
        for text in ["jensen", "jenson", ref, number, "2012-05-01"] {
            #expect(try find(text, as: "dana") == [], "\(text)")
            #expect(try find(text, as: "sue").count == 1, "\(text)")
        }
        let dana = try desk.agency.open(as: "dana")
        #expect(throws: RuleViolation.self) { try dana.showClient(ref) }
        var correction = ClientCorrection()
        correction.firstName = "X"
        for login in ["dana", "ana", "boss"] {
            try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.editClient(ref, correction, reason: "x") }
        }
    }

    @Test func `a site whose cases of a client were voided sees the client only while no other case stands`() throws {
        let mistaken = try open(first: "Ana", last: "Jensen")
        let ref = try ref(mistaken)
        var correction = ClientCorrection()
        correction.lastName = "Jenson"
        try desk.act { _ = try $0.editClient(ref, correction, reason: "x") }
        try desk.act(as: "sam") { _ = try $0.voidEpisode(mistaken, reason: "opened by mistake") }
        // Nobody else has a case: who made the mistake still finds the client, corrects it, and is told of it.
        correction.lastName = "Jensen"
        #expect(try find("jensen") == ["~Jenson, Ana"])
        try desk.act { _ = try $0.editClient(ref, correction, reason: "x") }
        _ = try desk.act { try $0.showClient(ref) }
        func near() throws -> [String] {
            try desk.act { session in
                try session.possibleDuplicates(ofFirstName: "Ana", lastName: "Jensen", born: CivilDate("2012-05-01"))
                    .map(\.label)
            }
        }
        #expect(try near().allSatisfy { $0.hasPrefix("Jensen, Ana") } && near().count == 1)
        func edits() throws -> Int {
            let query = ChangeQuery(since: try desk.instant("2026-11-01T00:00"))
            return try desk.act { try $0.changes(query).rows.count { $0[2] == .code("client edit") } }
        }
        #expect(try edits() == 2)

        var request = try desk.request("x", call: "2026-11-12T10:00", mode: .phone)
        (request.person, request.site) = (.known(ref: ref), "Danbury")
        let right = try desk.act(as: "dana") { try $0.openEpisode(request).caseNumber.description }
        for text in ["jensen", "jenson", ref, mistaken, right, "2012-05-01"] {
            #expect(try find(text) == [], "\(text)")
            #expect(try find(text, as: "dana").count == (text == mistaken ? 0 : 1), "\(text)")
        }
        try desk.expectRefusal(.notPermitted) { _ = try $0.editClient(ref, correction, reason: "x") }
        try desk.expectRefusal(.notPermitted) { _ = try $0.showClient(ref) }
        #expect(try near().allSatisfy { !$0.contains("Jensen") } && near().count == 1)
        #expect(try edits() == 0)

        // With that case voided too, both sites find the client again; a case of their own gives the sight back.
        try desk.act(as: "sue") { _ = try $0.voidEpisode(right, reason: "x") }
        #expect(try find(ref) == ["Jensen, Ana"] && find(ref, as: "dana") == ["Jensen, Ana"])
        _ = try desk.open("x", call: "2026-11-12T11:00", mode: .phone) { $0.person = .known(ref: ref) }
        #expect(try find(ref) == ["Jensen, Ana"] && find(ref, as: "dana") == [])
    }

    @Test func `an edit is audited with old and new values, and the client is found by the new name alone`() throws {
        let number = try open(first: "Ana", last: "Jensen")
        let ref = try ref(number)
        let deadlines = try desk.deadlines(number)
        var correction = ClientCorrection()
        correction.lastName = "Rivera"
        correction.birthDate = CivilDate("2012-05-02")
        let dry = try desk.act { try $0.editClient(ref, correction, reason: "x", isDryRun: true) }
        #expect(dry.version == 2)
        #expect(try find("jensen") == ["Jensen, Ana"])
        let change = try desk.act { try $0.editClient(number, correction, reason: "certificate seen") }
        #expect(change.version == 2 && change.clientRef == ref)
        let detail = try #require(try desk.agency.auditEntries().last?.detail)
        #expect(
            detail == #"{"version":[1,2],"last_name":["Jensen","Rivera"],"birth_date":["2012-05-01","2012-05-02"],"#
                + #""reason":[null,"certificate seen"],"about_client":[null,"\#(ref)"]}"#
        )
        #expect(try find("jensen") == [])
        #expect(try find("rivera") == ["Rivera, Ana"])
        #expect(try desk.deadlines(number) == deadlines)
        // What changes nothing makes no version.
        #expect(try desk.act { try $0.editClient(ref, correction, reason: "x") }.version == 2)
    }

    @Test func `of two editors from one version the second is refused, and told which fields differ`() throws {
        let number = try open(first: "Ana", last: "Jensen")
        var first = ClientCorrection()
        first.lastName = "Rivera \"[,"
        first.readVersion = 1
        var second = ClientCorrection()
        second.firstName = "Anna"
        second.readVersion = 1
        try desk.act { _ = try $0.editClient(number, first, reason: "first_name") }
        try desk.expectRefusal(.staleEdit) { _ = try $0.editClient(number, second, reason: "x") }
        let refusal = try #require(throws: RuleViolation.self) {
            _ = try desk.agency.open(as: "casey").editClient(number, second, reason: "x")
        }
        #expect(refusal.message == "somebody else changed the client meanwhile: last name")
        second.readVersion = 2
        try desk.act { _ = try $0.editClient(number, second, reason: "x") }
        #expect(try find("anna rivera").count == 1)
    }

    @Test func `an edit that makes two clients alike is a warning`() throws {
        let number = try open(first: "Ana", last: "Jensen")
        let other = try open(first: "Ana", last: "Rivera")
        var correction = ClientCorrection()
        correction.lastName = "Jenson"
        let change = try desk.act { try $0.editClient(other, correction, reason: "x") }
        let ref = try ref(number)
        #expect(change.warnings.count == 1 && change.warnings.allSatisfy { $0.contains(ref) && !$0.contains("Jens") })
    }
}
