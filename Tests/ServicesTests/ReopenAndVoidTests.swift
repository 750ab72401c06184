import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// A discharge taken back, and a case that should never have been.
struct ReopenAndVoidTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    private func close(_ number: String, as login: String = "sam") throws {
        let discharge = Discharge(at: try desk.instant("2026-11-19T09:00"), on: try #require(CivilDate("2026-11-19")))
        try desk.act(as: login) {
            _ = try $0.closeEpisode(number, discharge, reason: "family moved", overrideReason: "moved away")
        }
    }

    @Test func `a reopened case owes what it owed before, and can be closed again`() throws {
        let number = try desk.open("One")
        let before = try desk.deadlines(number)
        try close(number)
        #expect(try desk.openDeadlines(number) == [])
        let change = try desk.act(as: "sam") { try $0.reopenEpisode(number, reason: "closed by mistake") }
        #expect(try desk.deadlines(number) == before)
        #expect(change.history.discharge == nil)
        let record = try desk.record(number)
        #expect(record.discharge == nil && record.dischargeReason == nil && record.closingOverride.isEmpty)
        let detail = try #require(try desk.agency.auditEntries().last?.detail)
        for part in [
            #""discharged_on":["2026-11-19",null]"#, #""discharge_reason":["family moved",null]"#,
            #""override":["moved away",null]"#, #""reason":[null,"closed by mistake"]"#,
        ] {
            #expect(detail.contains(part), "\(detail)")
        }
        try desk.expectRefusal(.stateOrder, as: "sam") { _ = try $0.reopenEpisode(number, reason: "x") }
        try desk.act { session in
            _ = try session.logVisit(number, try desk.visit("2026-11-19T15:00"))
        }
    }

    @Test func `reopening and voiding take a supervisor of the case's site`() throws {
        let number = try desk.open("One")
        try close(number)
        for login in ["casey", "dana", "ana", "boss"] {
            try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.reopenEpisode(number, reason: "x") }
            try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.voidEpisode(number, reason: "x") }
        }
        try desk.act(as: "sue") { _ = try $0.reopenEpisode(number, reason: "x") }
        try desk.act(as: "sue") { _ = try $0.voidEpisode(number, reason: "x") }
    }

    @Test func `a voided case counts nowhere, owes nothing, and keeps its number`() throws {
        let number = try desk.open("One")
        let other = try desk.open("Two")
        let left = try desk.deadlines(other)
        let counts = try desk.agency.tableCounts()
        let open = try desk.deadlines(number)
        #expect(open.contains { $0.hasSuffix("open") })
        try desk.act(as: "sam") { _ = try $0.voidEpisode(number, reason: "rehearsed", isDryRun: true) }
        #expect(try desk.deadlines(number) == open)
        let voided = try desk.act(as: "sam") { try $0.voidEpisode(number, reason: "entered twice") }
        #expect(voided == number)
        #expect(
            try desk.agency.auditEntries().last?.detail == #"{"version":[2,3],"void_reason":[null,"entered twice"]}"#
        )
        // No row is deleted but those of the deadlines, which follow the facts.
        var after = try desk.agency.tableCounts()
        after["deadline"] = counts["deadline"]
        #expect(after == counts)
        #expect(try desk.deadlines(other) == left)
        let session = try desk.agency.open()
        var query = EpisodeQuery()
        query.openOnly = false
        #expect(try session.episodeList(query).rows.map { $0[0] } == [.code(other)])
        #expect(throws: ServiceError.self) { try session.showCase(number, asOf: nil) }
        try desk.expectFailure(as: "sam") { _ = try $0.voidEpisode(number, reason: "again") }
        try desk.expectFailure(as: "sam") { _ = try $0.reopenEpisode(number, reason: "again") }
        #expect(try desk.open("Three") == "2026-00003")
        let overdue = try session.read("overdue", needing: .readCases) { db in
            let context = try RuleContext(now: session.now, zone: session.zone, in: db)
            var request = WorklistRequest()
            request.asOf = try desk.instant("2026-11-19T09:00")
            let scope = session.actor.scope(of: .readCases)
            let past = try Worklist.read(request, within: scope, context, in: db)
            request.asOf = nil
            return try past.rows + Worklist.read(request, within: scope, context, in: db).rows
        }
        #expect(!overdue.isEmpty && overdue.allSatisfy { $0.caseNumber.description != number })
    }
}
