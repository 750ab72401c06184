import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// `changes`: from the audit, for the eyes of who may read the case, and without a value.
struct WorklistChangesTests {
    private let desk: CrisisDesk
    private let number: String

    init() throws {
        desk = try CrisisDesk()
        number = try desk.open("Marker")
    }

    private func changes(
        as login: String = "casey",
        since: String = "2026-11-20T09:00",
        _ set: (inout ChangeQuery) -> Void = { _ in }
    ) throws -> [String] {
        var query = ChangeQuery(since: try desk.instant(since))
        set(&query)
        let rows = try desk.act(as: login, at: "2026-11-21T09:00") { try $0.changes(query).rows }
        return rows.map { row in
            row.dropFirst().map { cell in
                switch cell {
                case .text(let text), .code(let text): text
                case .null: "-"
                default: "?"
                }
            }.joined(separator: " | ")
        }
    }

    @Test func `what was changed is listed, the latest first, and what was read is not`() throws {
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-11T10:00")) }
        try desk.act { _ = try $0.showCase(number, asOf: nil) }
        try desk.act { _ = try $0.visitList(number) }
        try desk.act { _ = try $0.worklist("overdue", WorklistQuery()) }
        try desk.act(as: "sam") { try $0.exportSummary(in: Period(), asOf: nil) { _ in } }
        var amendment = EpisodeAmendment()
        amendment.town = "Avon"
        try desk.act { _ = try $0.amendEpisode(number, amendment, reason: "typing") }
        // A refusal changes nothing.
        try desk.expectRefusal(.notPermitted, as: "dana") { _ = try $0.recordDispatch(number, at: desk.agency.now) }
        let found = try changes()
        #expect(
            found.map { $0.split(separator: " | ").dropLast().joined(separator: " | ") } == [
                "casey | episode amend | \(number)", "casey | visit log | \(number)",
                "casey | episode arrived | \(number)",
                "casey | episode open | \(number)",
            ]
        )
        #expect(found[0].hasSuffix("| town, reason") || found[0].contains("town"), "\(found[0])")
        #expect(try changes { $0.limit = 2 } == Array(found.prefix(2)))
        #expect(try changes { $0.actor = "sam" } == [])
        #expect(try changes { $0.caseText = number } == found)
    }

    @Test func `nothing that was typed is repeated, whoever asks`() throws {
        try desk.act { session in
            var visit = try desk.visit("2026-11-11T10:00")
            visit.note = "SECRET note"
            _ = try session.logVisit(number, visit)
        }
        var amendment = EpisodeAmendment()
        amendment.caregiverName = "SECRET name"
        amendment.caregiverPhone = "SECRET 860-555-0142"
        try desk.act(as: "sam") { _ = try $0.amendEpisode(number, amendment, reason: "SECRET reason") }
        for login in ["casey", "sam", "sue", "admin"] {
            let found = try changes(as: login)
            #expect(!found.isEmpty && !found.contains { $0.contains("SECRET") || $0.contains("Marker") })
        }
    }

    @Test func `changes are listed from an instant on, that instant included`() throws {
        let time = try desk.instant("2026-11-20T12:00")
        try desk.act(at: "2026-11-20T12:00") { _ = try $0.logVisit(number, desk.visit("2026-11-11T10:00")) }
        #expect(try changes(since: "2026-11-20T12:00:00").count == 1)
        #expect(try changes(since: "2026-11-20T12:00:01") == [])
        #expect(desk.agency.now < time)
    }

    @Test func `each sees the changes of cases of the own sites, administrators those of the agency`() throws {
        var request = try desk.request("Two")
        request.town = "Danbury"
        let danbury = try desk.act(as: "dana") { try $0.openEpisode(request).caseNumber.description }
        try desk.act(as: "boss") { try $0.addSite(named: "Avon", towns: []) }
        func cases(_ login: String) throws -> Set<String> {
            Set(try changes(as: login).map { String($0.split(separator: " | ")[2]) })
        }
        #expect(try cases("casey") == [number])
        #expect(try cases("dana") == [danbury])
        // Sue supervises everywhere and administers nothing.
        #expect(try cases("sue") == [number, danbury])
        #expect(try changes(as: "admin").contains("boss | site add | - | -"))
        try desk.expectRefusal(.notPermitted, as: "ana") { _ = try $0.changes(ChangeQuery(since: .distantPast)) }
        try desk.expectRefusal(.notPermitted, as: "dana") { session in
            var query = ChangeQuery(since: .distantPast)
            query.caseText = number
            _ = try session.changes(query)
        }
    }

    @Test func `a case that was brought in is one change, which names the kinds of what came with it`() throws {
        var files = CaseloadFiles()
        files.episode("A", ["discharged_on": "2026-10-19", "discharge_reason": "met treatment goals"])
        files.visit("A", ["note": "SECRET note"])
        files.visit("A", ["at": "2026-09-05T15:00:00-04:00"])
        files.episode("B")
        try desk.agency.take(files)
        let cases = try desk.agency.read { db in
            try ["A", "B"].map { try EpisodeStore.find(sourceRef: $0, in: db)?.caseNumber.description ?? "" }
        }
        #expect(
            try changes { $0.actor = "admin" }.filter { $0.contains("import") } == [
                "admin | episode import | \(cases[1]) | -",
                "admin | episode import | \(cases[0]) | visits, discharged_on",
            ]
        )
        #expect(try changes { $0.caseText = cases[0] }.count == 1)
        // The whole of it is for who reads every site.
        #expect(try changes(as: "sue").contains("admin | import | - | -"))
    }

    @Test func `every entry since an instant is found, over pages and a clock that was set back`() throws {
        // More entries than a page holds, and in the middle one of a clock that was half a day behind.
        for index in 0..<520 {
            let at = index == 300 ? "2026-11-20T09:30" : "2026-11-20T22:00"
            let session = try desk.agency.open(as: "casey", at: desk.instant(at))
            _ = try session.logVisit(number, desk.visit("2026-11-12T10:00"))
        }
        let found = try changes(since: "2026-11-20T22:00")
        #expect(found.count == 519)
        #expect(try changes().count == 520 + 2)
    }
}
