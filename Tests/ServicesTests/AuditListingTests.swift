import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// Which entries of the audit a question brings, and to whom.
struct AuditListingTests {
    private let desk: CrisisDesk
    private let hartford: String
    private let danbury: String

    init() throws {
        desk = try CrisisDesk()
        hartford = try desk.open("One", isArrived: false)
        var other = try desk.request("Two")
        other.town = "Danbury"
        danbury = try desk.act(as: "dana") { [other] in try $0.openEpisode(other).caseNumber.description }
        try desk.act(at: "2026-11-20T10:00") { [hartford] in _ = try $0.visitList(hartford) }
        try desk.expectRefusal(.notPermitted, as: "ana", at: "2026-11-20T11:00") { [hartford] in
            _ = try $0.visitList(hartford)
        }
    }

    /// The entries as `login action outcome`, the newest first; without the question's own.
    private func entries(as login: String = "sue", _ configure: (inout AuditQuery) throws -> Void) throws -> [String] {
        var query = AuditQuery()
        try configure(&query)
        let session = try desk.agency.open(as: login, at: desk.instant("2026-11-20T12:00"))
        let listing = try session.auditListing(query)
        func text(_ row: [Cell], _ key: String) -> String {
            let index = listing.columns.firstIndex { $0.key == key }
            switch index.map({ row[$0] }) {
            case .text(let text), .code(let text): return text
            default: return ""
            }
        }
        return listing.rows.map { row in "\(text(row, "login")) \(text(row, "action")) \(text(row, "outcome"))" }
            .filter { !$0.contains("audit list") }
    }

    @Test func `a case, a login, an action or its noun, an outcome or its first word narrow the list`() throws {
        let refused = "ana visit list refused: not-permitted"
        let ofCase = [refused, "casey visit list done", "casey episode open done"]
        #expect(try entries { $0.caseText = hartford } == ofCase)
        #expect(try entries { $0.login = "ana" } == [refused])
        #expect(try entries { $0.action = "visit list" } == Array(ofCase.prefix(2)))
        #expect(try entries { $0.action = "visit" } == Array(ofCase.prefix(2)))
        #expect(try entries { $0.action = "vis" } == [])
        #expect(try entries { $0.outcome = "refused" } == [refused])
        #expect(try entries { $0.outcome = "refused: not-permitted" } == [refused])
        #expect(try entries { $0.outcome = "ref" } == [])
    }

    @Test func `a login that nobody has and nobody tried is a slip`() throws {
        let error = #expect(throws: ServiceError.self) { try entries { $0.login = "caseey" } }
        guard case .notFound(_, let hint) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(hint.contains("casey"))
        // Nothing was ever done under it, but it is somebody's.
        #expect(try entries { $0.login = "kim" } == [])
        #expect(throws: RuleViolation.self) { _ = try desk.agency.open(as: "mallory") }
        #expect(try entries { $0.login = "mallory" } == ["mallory log in refused: not-permitted"])
    }

    @Test func `since admits its own instant, before does not`() throws {
        let (ten, eleven) = (try desk.instant("2026-11-20T10:00"), try desk.instant("2026-11-20T11:00"))
        func between(_ since: Instant, _ before: Instant?, limit: Int? = nil) throws -> [String] {
            try entries { query in
                query.since = since
                query.before = before
                query.limit = limit
            }
        }
        #expect(try between(ten, eleven) == ["casey visit list done"])
        #expect(try between(eleven, nil) == ["ana visit list refused: not-permitted"])
        #expect(try between(ten, eleven.adding(seconds: 1)).count == 2)
        #expect(try between(ten, eleven.adding(seconds: 1), limit: 1) == ["ana visit list refused: not-permitted"])
    }

    @Test func `a supervisor of one site sees its cases and its people, and nobody else's`() throws {
        let seen = try entries(as: "sam") { $0.since = .distantPast }
        #expect(seen.contains("casey episode open done"))
        #expect(try entries(as: "sam") { $0.action = "episode open" }.count == 1)
        #expect(try entries(as: "sue") { $0.action = "episode open" }.count == 2)
        #expect(!seen.contains { $0.hasPrefix("admin ") })
        #expect(throws: RuleViolation.self) { try entries(as: "sam") { $0.caseText = danbury } }
        #expect(throws: RuleViolation.self) { try entries(as: "casey") { $0.login = "casey" } }
    }
}
