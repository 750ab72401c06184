import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// Who looked at a client, or changed one, can be told from the audit.
struct ClientAuditTests {
    private let desk: CrisisDesk
    private let number: String
    private let client: ClientRecord

    init() throws {
        desk = try CrisisDesk()
        number = try desk.open("Marker")
        let found = try desk.agency.read { [number] db in try ClientFinder.client(number, in: db) }
        client = try #require(found)
    }

    private var about: String { "{\"about_client\":[null,\"\(client.clientRef)\"]}" }

    /// The list's rows as `login action outcome`, with the detail or `withheld` behind them; the newest first.
    private func list(as login: String, _ action: String, ofCase number: String? = nil) throws -> [String] {
        var query = AuditQuery()
        query.action = action
        query.caseText = number
        let listing = try desk.agency.open(as: login).auditListing(query)
        return try listing.rows.map { row in
            let texts = try ["login", "action", "outcome", "detail"].map { key in
                switch row[try #require(listing.columns.firstIndex { $0.key == key })] {
                case .text(let text), .code(let text): text
                default: "withheld"
                }
            }
            return texts.joined(separator: " ")
        }
    }

    private func correct(_ firstName: String, as login: String = "casey") throws {
        var correction = ClientCorrection()
        correction.firstName = firstName
        try desk.act(as: login) { [correction] in _ = try $0.editClient(client.clientRef, correction, reason: "typing")
        }
    }

    @Test func `showing, finding and editing a client name the client by reference`() throws {
        try desk.act { _ = try $0.showClient(number) }
        try desk.act { _ = try $0.clientList("marker", limit: 100) }
        for entry in try desk.agency.auditEntries().suffix(2) {
            #expect(entry.record == client.id.value && entry.detail == about && entry.episode == nil)
        }
        try correct("Other")
        let edit = try #require(try desk.agency.auditEntries().last)
        #expect(
            edit.record == client.id.value && edit.detail.contains("\"about_client\":[null,\"\(client.clientRef)\"]")
        )
        // Several are named in the order in which they were shown.
        _ = try desk.open("Marker two")
        try desk.act { _ = try $0.clientList("marker", limit: 100) }
        let several = try #require(try desk.agency.auditEntries().last)
        #expect(several.record == nil)
        #expect(several.detail.hasPrefix("{\"about_client\":[null,\"\(client.clientRef), P"))
        try desk.act { _ = try $0.clientList("nobody", limit: 100) }
        #expect(try desk.agency.auditEntries().last?.detail == "")
    }

    @Test func `who was refused a client is in the audit with that client, and a rehearsal too`() throws {
        try desk.expectRefusal(.notPermitted, as: "dana") { _ = try $0.showClient(client.clientRef) }
        #expect(try desk.agency.auditEntries().last?.detail == about)
        var correction = ClientCorrection()
        correction.firstName = "Other"
        try desk.expectRefusal(.notPermitted, as: "dana") { [correction] in
            _ = try $0.editClient(client.clientRef, correction, reason: "typing")
        }
        #expect(try desk.agency.auditEntries().last?.detail == about)
        try desk.act { [correction] in
            _ = try $0.editClient(client.clientRef, correction, reason: "typing", isDryRun: true)
        }
        #expect(try desk.agency.auditEntries().last?.record == client.id.value)
    }

    @Test func `the audit of a case has what was done to its client, with before and after for who may read it`() throws
    {
        try correct("Other")
        try desk.act(as: "casey") { _ = try $0.showClient(number) }
        // A second case of the client, at another site.
        var request = try desk.request("Marker")
        request.person = .known(ref: client.clientRef)
        request.town = "Danbury"
        let second = try desk.act(as: "dana") { [request] in try $0.openEpisode(request).caseNumber.description }
        try correct("Third", as: "dana")
        for (login, number) in [("sam", number), ("sue", number), ("sue", second)] {
            let rows = try list(as: login, "client", ofCase: number)
            #expect(rows.map { $0.split(separator: " ").first } == ["dana", "casey", "casey"], "\(login)")
            #expect(rows[0].contains(#""first_name":["Other","Third"]"#), "\(login): \(rows[0])")
            #expect(rows[1] == "casey client show done \(about)")
        }
        // Without naming the case too: the client has one at sam's site.
        #expect(try list(as: "sam", "client edit").count == 2)
        let other = try desk.open("Elsewhere")
        #expect(try list(as: "sam", "client", ofCase: other) == [])
        // Who administers sees that something was done, and not to whom.
        #expect(try list(as: "boss", "client edit").allSatisfy { $0.hasSuffix(" withheld") })
    }

    @Test func `a supervisor of another site sees nothing of the client`() throws {
        try desk.act(as: "boss") {
            try $0.addStaff(login: "dov", name: "", grants: [NamedGrant(role: .supervisor, site: "Danbury")])
        }
        try correct("Other")
        #expect(try list(as: "dov", "client edit") == [])
    }

    @Test func `who is told that a client is on record is in the audit with that client`() throws {
        var request = try desk.request("Marker")
        request.town = "Danbury"
        request.isNotADuplicate = false
        try desk.expectRefusal(.possibleDuplicate, as: "dana") { [request] in _ = try $0.openEpisode(request) }
        let entry = try #require(try desk.agency.auditEntries().last)
        #expect(entry.record == client.id.value && entry.detail == about)
        #expect(
            try list(as: "sam", "episode open", ofCase: number).first
                == "dana episode open refused: possible-duplicate \(about)"
        )
        // At a terminal, before anything else is asked.
        let near = try desk.act(as: "dana") {
            try $0.possibleDuplicates(ofFirstName: "Test", lastName: "Marker", born: CivilDate("2012-05-01"))
        }
        #expect(near.map(\.clientRef) == [client.clientRef])
        #expect(try desk.agency.auditEntries().last?.detail == about)
    }

    @Test func `looking at a client is no change`() throws {
        try desk.act { _ = try $0.showClient(number) }
        try desk.act { _ = try $0.clientList("marker", limit: 100) }
        let changes = try desk.act(as: "sue") { try $0.changes(ChangeQuery(since: .distantPast)) }
        let index = try #require(changes.columns.firstIndex { $0.key == "change" })
        #expect(!changes.rows.contains { $0[index] == .code("client show") || $0[index] == .code("client find") })
    }

    @Test func `changes of settings are listed for administrators, who read no case`() throws {
        let changes = try desk.act(as: "boss") { try $0.changes(ChangeQuery(since: .distantPast)) }
        let index = try #require(changes.columns.firstIndex { $0.key == "change" })
        #expect(changes.rows.contains { $0[index] == .code("staff add") })
        #expect(!changes.rows.contains { $0[index] == .code("episode open") })
        try desk.expectRefusal(.notPermitted, as: "boss") { [number] session in
            var query = ChangeQuery(since: .distantPast)
            query.caseText = number
            _ = try session.changes(query)
        }
        try desk.expectRefusal(.notPermitted, as: "ana") { _ = try $0.changes(ChangeQuery(since: .distantPast)) }
    }
}
