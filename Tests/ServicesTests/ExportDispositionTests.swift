import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// What became of warm transfers: one row each, marked when told, owed again when it no longer holds.
struct ExportDispositionTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    private func transfer(_ name: String, ref: String = "A1", call: String = "2026-11-10T10:00", isArrived: Bool = true)
        throws -> String
    {
        try desk.open(name, call: call, isArrived: isArrived) { request in
            request.transferFrom = "988"
            request.transferRef = ref
        }
    }

    private typealias Row = (cells: [String: Cell], told: ToldDisposition)

    private func rows(as login: String = "casey", _ set: (inout DispositionQuery) -> Void = { _ in }) throws -> [Row] {
        var query = DispositionQuery()
        set(&query)
        var rows: [Row] = []
        try desk.act(as: login) { session in
            _ = try session.exportDispositions(query) { cells, told in
                let keys = DispositionExport.columns.map(\.key)
                rows.append((Dictionary(uniqueKeysWithValues: zip(keys, cells)), told))
            }
        }
        return rows
    }

    private func owed(as login: String = "casey", isOpen: Bool = false) throws -> [Cell] {
        var query = EpisodeQuery()
        query.owesDisposition = true
        query.openOnly = isOpen
        return try desk.act(as: login) { try $0.episodeList(query).rows.map { $0[0] } }
    }

    /// Marks what is told as `export --mark-returned` does.
    private func mark(_ rows: [Row], as login: String = "casey", isDryRun: Bool = false) throws -> Int {
        let told = rows.map(\.told)
        return try desk.agency.open(as: login).returnDispositions(told, isDryRun: isDryRun)
    }

    @Test func `one row per warm transfer says what became of it`() throws {
        let waiting = try transfer("One", ref: "A1", isArrived: false)
        let seen = try transfer("Two", ref: "A2", call: "2026-11-10T11:00")
        _ = try desk.open("Three", call: "2026-11-10T12:00")
        let phone = try desk.open("Four", call: "2026-11-10T13:00", mode: .phone) { $0.transferRef = "A4" }
        let found = try rows()
        #expect(found.map { $0.cells["case_number"] } == [waiting, seen, phone].map(Cell.code))
        #expect(found.map { $0.cells["transfer_ref"] } == ["A1", "A2", "A4"].map(Cell.text))
        #expect(
            found.map { $0.cells["disposition"] }
                == ["awaiting response", "seen, in follow-up", "answered by phone, in follow-up"].map(Cell.code)
        )
        #expect(found.map { $0.cells["owed"] } == [false, true, true].map(Cell.bool))
        #expect(try owed() == [seen, phone].map(Cell.code))
        let at = try desk.instant("2026-11-10T10:10")
        try desk.act { _ = try $0.recordDispatch(waiting, at: at) }
        #expect(try rows()[0].cells["disposition"] == .code("on the way"))
        try desk.act(as: "sam") {
            _ = try $0.closeEpisode(
                waiting,
                Discharge(at: at.adding(seconds: 600), on: desk.agency.zone.date(of: at)),
                reason: "family moved",
                overrideReason: "not met"
            )
        }
        #expect(try rows()[0].cells["disposition"] == .code("closed without arrival: family moved"))
    }

    @Test func `what was told is marked with its time, and owed again after a later change`() throws {
        let number = try transfer("One")
        #expect(try mark(rows()) == 1)
        #expect(try owed() == [])
        let marked = try rows()[0].cells
        #expect(marked["owed"] == .bool(false))
        #expect(marked["returned_at"] == .instant(desk.agency.now))
        #expect(marked["returned_disposition"] == .code("seen, in follow-up"))
        // A contact changes nothing that was told; the discharge does.
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-11T10:00")) }
        #expect(try owed() == [])
        try desk.act(as: "sam") {
            _ = try $0.closeEpisode(
                number,
                Discharge(at: $0.now, on: $0.today),
                reason: "met treatment goals",
                overrideReason: "imported"
            )
        }
        #expect(try owed() == [.code(number)])
        // It is closed, which --open leaves out.
        #expect(try owed(isOpen: true) == [])
        let closed = try rows()[0].cells
        #expect(closed["owed"] == .bool(true))
        #expect(closed["disposition"] == .code("closed: met treatment goals"))
        #expect(closed["returned_disposition"] == .code("seen, in follow-up"))
        #expect(try mark(rows()) == 1)
        #expect(try mark(rows()) == 0)
        try desk.act(as: "sam") { _ = try $0.reopenEpisode(number, reason: "closed by mistake") }
        #expect(try owed() == [.code(number)])
        try desk.act(as: "sam") { _ = try $0.voidEpisode(number, reason: "test") }
        #expect(try owed() == [])
        #expect(try rows().isEmpty)
    }

    @Test func `a mark leaves one entry for each case, and a dry run none but its own`() throws {
        let number = try transfer("One")
        _ = try transfer("Two", ref: "A2", call: "2026-11-10T11:00", isArrived: false)
        let found = try rows()
        let before = try desk.agency.auditEntries().count
        #expect(try mark(found, isDryRun: true) == 1)
        #expect(try owed() == [.code(number)])
        #expect(try mark(found) == 1)
        let added = try desk.agency.auditEntries().dropFirst(before).filter { $0.action == "disposition return" }
        #expect(added.map(\.outcome) == ["dry run", "done"])
        #expect(added.last?.episode == (try desk.record(number).id))
        #expect(try desk.agency.auditBreak() == nil)
    }

    @Test func `what changed since the file was read stays owed`() throws {
        let number = try transfer("One")
        let found = try rows()
        let at = try desk.instant("2026-11-10T10:41")
        try desk.act(as: "sam") { _ = try $0.amendEpisode(number, EpisodeAmendment(arrivedAt: at), reason: "typing") }
        #expect(try mark(found) == 0)
        #expect(try owed() == [.code(number)])
        #expect(try mark(rows()) == 1)
    }

    @Test func `the file goes by the time of the call, and what is owed by that alone`() throws {
        let numbers = try ["2026-10-31T23:59", "2026-11-01T00:00", "2026-11-10T10:00"].enumerated().map {
            try transfer("Case \($0.offset)", ref: "A\($0.offset)", call: $0.element)
        }
        let since = try desk.instant("2026-11-01T00:00")
        #expect(try rows { $0.since = since }.map(\.told.caseNumber.description) == Array(numbers.dropFirst()))
        let later = try rows { $0.since = since.adding(seconds: 1) }
        #expect(later.map(\.told.caseNumber.description) == [numbers[2]])
        let october = try rows { $0.period = Period(to: CivilDate("2026-10-31")) }
        #expect(october.map(\.told.caseNumber.description) == [numbers[0]])
        #expect(try mark(later) == 1)
        #expect(try rows { $0.owedOnly = true }.map(\.told.caseNumber.description) == Array(numbers.prefix(2)))
    }

    @Test func `cases of other sites are neither told nor marked`() throws {
        _ = try transfer("One")
        #expect(try rows(as: "dana").isEmpty)
        let found = try rows()
        #expect(throws: RuleViolation.self) { try mark(found, as: "dana") }
        #expect(try owed() != [])
        try desk.expectRefusal(.notPermitted, as: "ana") {
            _ = try $0.exportDispositions(DispositionQuery()) { _, _ in }
        }
        try desk.expectRefusal(.notPermitted, as: "boss") { _ = try $0.returnDispositions([]) }
    }
}
