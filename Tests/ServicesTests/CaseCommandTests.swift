import CivilTime
import CrisisCare
import Reports
import SQLite
import Storage
import Testing

@testable import Services

/// What a person does at a case, one use case at a time; `CrisisDesk.act` checks audit and deadlines after each.
struct CaseCommandTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    @Test func `an episode is opened under the next number of the year of its call`() throws {
        #expect(try desk.open("One", isArrived: false) == "2026-00001")
        #expect(try desk.open("Two", isArrived: false) == "2026-00002")
        #expect(try desk.open("Old", call: "2025-12-31T23:59", isArrived: false) == "2025-00001")
        #expect(try desk.open("New", call: "2026-01-01T00:00", isArrived: false) == "2026-00003")
        #expect(try desk.openDeadlines("2026-00001") == ["arrival 2026-11-10T10:45"])
    }

    @Test func `a call in the future is refused, one of this second is not`() throws {
        _ = try desk.open("Now", call: "2026-11-20T09:00", isArrived: false)
        let request = try desk.request("Later", call: "2026-11-20T09:00:01")
        try desk.expectRefusal(.inTheFuture) { _ = try $0.openEpisode(request) }
    }

    @Test func `a near name with the same birth date is asked about, closed cases too`() throws {
        let number = try desk.open("Rivera", mode: .phone)
        try desk.act {
            let discharge = Discharge(on: $0.today.adding(days: -1), in: $0.zone)
            _ = try $0.closeEpisode(number, discharge, reason: "met treatment goals")
        }
        var request = try desk.request("Rivers")
        request.isNotADuplicate = false
        try desk.expectRefusal(.possibleDuplicate) { _ = try $0.openEpisode(request) }
        request.isNotADuplicate = true
        try desk.act { _ = try $0.openEpisode(request) }
        #expect(try desk.agency.tableCounts()["client"] == 2)
        // The client of the first case again: no second person.
        let ref = try desk.agency.read { db in
            try #require(try ClientStore.find(CaseFinder.find(number, in: db).client, in: db)).clientRef
        }
        request.person = .known(ref: ref)
        try desk.act { _ = try $0.openEpisode(request) }
        #expect(try desk.agency.tableCounts()["client"] == 2)
    }

    @Test func `what is on no list opens nothing`() throws {
        let changes: [(inout OpeningRequest) -> Void] = [
            { $0.town = "Harford" }, { $0.site = "Nowhere" }, { $0.clinician = "nobody" }, { $0.program = "youth" },
            { $0.referralSource = "scool" }, { $0.presentingProblem = "" }, { $0.location = "hme" },
            { $0.person = .known(ref: "nobody") },
        ]
        for change in changes {
            var request = try desk.request("One")
            change(&request)
            try desk.expectFailure { _ = try $0.openEpisode(request) }
        }
    }

    @Test func `steps of the response come in order and once`() throws {
        let number = try desk.open("One", isArrived: false)
        let call = try desk.instant("2026-11-10T10:00")
        try desk.act { _ = try $0.recordDispatch(number, at: call.adding(seconds: 600)) }
        try desk.expectRefusal(.stateOrder) { _ = try $0.recordDispatch(number, at: call.adding(seconds: 700)) }
        try desk.expectRefusal(.beforeArrival) { _ = try $0.recordArrival(number, at: call.adding(seconds: 599)) }
        try desk.expectRefusal(.inTheFuture) { _ = try $0.recordArrival(number, at: $0.now.adding(seconds: 1)) }
        try desk.act { _ = try $0.recordArrival(number, at: call.adding(seconds: 45 * 60)) }
        #expect(try desk.deadlines(number).contains("arrival 2026-11-10T10:45 met"))
        try desk.expectRefusal(.stateOrder) { _ = try $0.recordArrival(number, at: call.adding(seconds: 3000)) }
        let phone = try desk.open("Two", mode: .phone)
        try desk.expectRefusal(.phoneOnly) { _ = try $0.recordArrival(phone, at: call.adding(seconds: 600)) }
    }

    @Test func `a late arrival keeps its reason`() throws {
        let number = try desk.open("One", isArrived: false)
        let call = try desk.instant("2026-11-10T10:00")
        try desk.act { _ = try $0.recordArrival(number, at: call.adding(seconds: 45 * 60 + 1), lateReason: "snow") }
        #expect(try desk.record(number).lateArrivalReason == "snow")
    }

    @Test func `a contact meets the first deadline and starts the next`() throws {
        let number = try desk.open("One")
        #expect(
            try desk.openDeadlines(number) == [
                "close 2026-12-22T23:59", "first-contact 2026-11-12T10:40", "safety-plan 2026-11-17T23:59",
            ]
        )
        var visit = try desk.visit("2026-11-11T15:00")
        visit.promisedNext = CivilDate("2026-11-25")
        try desk.act { _ = try $0.logVisit(number, visit) }
        #expect(try desk.deadlines(number).contains("first-contact 2026-11-12T10:40 met"))
        #expect(try desk.openDeadlines(number).contains("next-contact 2026-11-25T23:59"))
        // Entered late, it took place earlier: it is the one that met the first deadline.
        let earlier = try desk.visit("2026-11-11T09:00")
        try desk.act { _ = try $0.logVisit(number, earlier) }
        #expect(try desk.openDeadlines(number).contains("next-contact 2026-11-25T23:59"))
    }

    @Test func `a visit that a rule refuses is refused`() throws {
        let number = try desk.open("One", call: "2026-10-01T10:00")
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-12T23:59:59")) }
        try desk.expectRefusal(.windowClosed) { _ = try $0.logVisit(number, desk.visit("2026-11-13T00:00")) }
        try desk.expectRefusal(.beforeEpisode) { _ = try $0.logVisit(number, desk.visit("2026-10-01T09:59:59")) }
        try desk.expectRefusal(.inTheFuture) { _ = try $0.logVisit(number, desk.visit("2026-11-20T09:00:01")) }
        var promise = try desk.visit("2026-11-12T10:00")
        promise.promisedNext = CivilDate("2026-11-13")
        try desk.expectRefusal(.promiseOutsideWindow) { _ = try $0.logVisit(number, promise) }
        promise.result = .noAnswer
        promise.promisedNext = CivilDate("2026-11-12")
        try desk.expectRefusal(.promiseWithoutContact) { _ = try $0.logVisit(number, promise) }
        try desk.expectFailure { _ = try $0.logVisit("2026-99999", desk.visit("2026-10-02T10:00")) }
        try desk.expectFailure { _ = try $0.logVisit(number, desk.visit("2026-10-02T10:00"), by: "nobody") }
    }

    @Test func `nothing goes to a caregiver in minor-consented care without a reason`() throws {
        let number = try desk.open("One") { $0.minorConsented = true }
        var visit = try desk.visit("2026-11-11T10:00", with: .caregiver)
        try desk.expectRefusal(.minorConsented) { _ = try $0.logVisit(number, visit) }
        visit.with = .both
        try desk.expectRefusal(.minorConsented) { _ = try $0.logVisit(number, visit) }
        visit.overrideReason = "  "
        try desk.expectRefusal(.minorConsented) { _ = try $0.logVisit(number, visit) }
        visit.overrideReason = "danger to life"
        try desk.act { _ = try $0.logVisit(number, visit) }
        visit = try desk.visit("2026-11-11T11:00", with: .youth)
        try desk.act { _ = try $0.logVisit(number, visit) }
    }

    @Test func `a voided visit counts nowhere, and the deadline it met is open again`() throws {
        let number = try desk.open("One")
        let before = try desk.deadlines(number)
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-11T15:00")) }
        let visit = try #require(try visits(of: number).first)
        try desk.act { _ = try $0.voidVisit(number, visit, reason: "wrong case") }
        #expect(try desk.deadlines(number) == before)
        #expect(try visits(of: number) == [])
        #expect(try desk.record(number).standing.lastContactAt == nil)
        try desk.expectFailure { _ = try $0.voidVisit(number, visit, reason: "again") }
        // It stays in the file, with who, when and why.
        let reason = try desk.agency.read { db in try db.first("SELECT void_reason FROM visit") { try $0.text(0) } }
        #expect(reason == "wrong case")
        let entry = try desk.agency.auditEntries().last { $0.action == "visit void" && $0.outcome == "done" }
        #expect(entry?.detail == #"{"void_reason":[null,"wrong case"]}"#)
    }

    @Test func `a visit of another case is not voided`() throws {
        let (one, two) = (try desk.open("One"), try desk.open("Two"))
        try desk.act { _ = try $0.logVisit(two, desk.visit("2026-11-11T15:00")) }
        let visit = try #require(try visits(of: two).first)
        try desk.expectFailure { _ = try $0.voidVisit(one, visit, reason: "mistaken") }
    }

    @Test func `two edits from one version do not both succeed`() throws {
        let number = try desk.open("One", isArrived: false)
        let call = try desk.instant("2026-11-10T10:00")
        try desk.expectRefusal(.staleEdit) { session in
            try session.change("episode dispatched", needing: .writeCases) { change, db in
                var first = try EpisodeWork.load(number, needing: .writeCases, change, in: db)
                var second = try EpisodeWork.load(number, needing: .writeCases, change, in: db)
                try first.dispatched(at: call.adding(seconds: 60), now: change.now)
                try second.dispatched(at: call.adding(seconds: 120), now: change.now)
                try first.save(&change, in: db)
                try second.save(&change, in: db)
            }
        }
        #expect(try desk.record(number).dispatchedAt == nil, "the whole transaction is undone")
        try desk.act { _ = try $0.recordDispatch(number, at: call.adding(seconds: 60)) }
        #expect(try desk.record(number).version == 2)
    }

    @Test func `a dry run leaves its audit entry and nothing else`() throws {
        let number = try desk.open("One")
        let before = try desk.agency.tableCounts()
        let deadlines = try desk.deadlines(number)
        let visit = try desk.visit("2026-11-11T15:00")
        let change = try desk.act { try $0.logVisit(number, visit, isDryRun: true) }
        // It shows what would be.
        #expect(change.openDeadlines.contains { $0.kind == .nextContact })
        #expect(try desk.agency.tableCounts() == before)
        #expect(try desk.deadlines(number) == deadlines)
        let last = try desk.agency.auditEntries().last
        #expect(last?.action == "visit log" && last?.outcome == "dry run")
    }

    @Test func `audit entries say what changed, before and after, and of which case`() throws {
        let number = try desk.open("One", isArrived: false)
        let arrival = try desk.instant("2026-11-10T10:40")
        try desk.act { _ = try $0.recordArrival(number, at: arrival) }
        let entry = try #require(try desk.agency.auditEntries().last)
        #expect(entry.action == "episode arrived")
        #expect(try entry.episode == desk.record(number).id)
        #expect(entry.detail == "{\"version\":[1,2],\"arrived_at\":[null,\(arrival.seconds)]}")
        #expect(entry.at == desk.agency.now)
    }

    private func visits(of number: String) throws -> [RecordID<Visit>] {
        try desk.agency.read { db in
            try VisitStore.visits(of: CaseFinder.find(number, in: db).id, in: db).map(\.id)
        }
    }
}
