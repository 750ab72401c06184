import CivilTime
import CrisisCare
import Reports
import SQLite
import Services
import Storage
import Testing

/// Pitfalls 8 and 27: a corrected start moves the right deadlines, and voided rows count nowhere.
struct CorrectionTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    @Test
    func `pitfall 8 a corrected arrival moves the open deadlines of that case alone, and both values are audited`()
        throws
    {
        let one = try desk.open("One")
        let ref = try desk.agency.read { db in
            try #require(try ClientStore.find(CaseFinder.find(one, in: db).client, in: db)).clientRef
        }
        // A second case of the same child, called in the same minute.
        let two = try desk.open("One") { $0.person = .known(ref: ref) }
        for number in [one, two] { try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-11T15:00")) } }
        let untouched = try desk.deadlines(two)
        let met = try desk.deadlines(one).filter { $0.hasSuffix(" met") && !$0.hasPrefix("first-contact") }
        let arrival = try desk.instant("2026-11-11T09:00")
        try desk.act {
            _ = try $0.amendEpisode(one, EpisodeAmendment(arrivedAt: arrival), reason: "typed the wrong day")
        }
        #expect(try desk.deadlines(two) == untouched)
        #expect(
            try desk.openDeadlines(one) == [
                "close 2026-12-23T23:59", "next-contact 2026-11-18T23:59", "safety-plan 2026-11-18T23:59",
            ]
        )
        // What was done stays done: the arrival's own clock is due when it was, and the visit is still the contact.
        #expect(try Set(met).isSubset(of: desk.deadlines(one)))
        let old = try desk.instant("2026-11-10T10:40")
        let detail = try desk.agency.auditEntries().last?.detail
        #expect(
            detail
                == "{\"version\":[2,3],\"arrived_at\":[\(old.seconds),\(arrival.seconds)],"
                + "\"reason\":[null,\"typed the wrong day\"]}"
        )
    }

    @Test func `a correction that what is recorded does not fit is refused`() throws {
        let number = try desk.open("One", call: "2026-10-01T10:00")
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-12T10:00")) }
        func correction(_ change: EpisodeAmendment, _ rule: Rule) throws {
            try desk.expectRefusal(rule) { _ = try $0.amendEpisode(number, change, reason: "typing") }
        }
        try correction(EpisodeAmendment(arrivedAt: desk.instant("2026-09-30T23:59")), .beforeArrival)
        let early = try EpisodeAmendment(
            callReceivedAt: desk.instant("2026-09-30T10:00"),
            arrivedAt: desk.instant("2026-09-30T10:40")
        )
        // The visit on what was day 42 would lie on day 43.
        try correction(early, .windowClosed)
        try correction(EpisodeAmendment(callReceivedAt: desk.instant("2026-10-01T10:40:01")), .beforeArrival)
        let late = try EpisodeAmendment(
            callReceivedAt: desk.instant("2026-11-12T10:00:01"),
            arrivedAt: desk.instant("2026-11-12T10:30")
        )
        try correction(late, .beforeEpisode)
        try correction(EpisodeAmendment(arrivedAt: desk.instant("2026-11-20T09:00:01")), .inTheFuture)
        let phone = try desk.open("Two", mode: .phone)
        try desk.expectRefusal(.phoneOnly) {
            let arrived = EpisodeAmendment(arrivedAt: try desk.instant("2026-11-10T11:00"))
            _ = try $0.amendEpisode(phone, arrived, reason: "typing")
        }
    }

    @Test func `a call corrected over the day on which a policy changed takes the policy of its new day`() throws {
        let connection = try Database.open(
            desk.agency.path,
            .readWrite,
            now: desk.agency.now.seconds,
            programVersion: "test"
        )
        try connection.write { db in
            let program = try #require(try PolicyStore.book(in: db).program(named: ShippedProgram.youth.rawValue))
            var policy = ShippedProgram.youth.policy
            policy.effectiveFrom = try #require(CivilDate("2026-11-01"))
            policy.arrivalMinutes = 60
            policy.windowDays = 30
            try PolicyStore.insert(policy, of: program, in: db)
        }
        let number = try desk.open("One", call: "2026-11-01T10:00")
        #expect(try desk.deadlines(number).contains("arrival 2026-11-01T11:00 met"))
        #expect(try desk.openDeadlines(number).contains("close 2026-12-01T23:59"))
        let call = try desk.instant("2026-10-31T23:59:59")
        let arrival = try desk.instant("2026-11-01T00:20")
        try desk.act {
            let correction = EpisodeAmendment(callReceivedAt: call, arrivedAt: arrival)
            _ = try $0.amendEpisode(number, correction, reason: "typing")
        }
        #expect(try desk.deadlines(number).contains("arrival 2026-11-01T00:44 met"))
        #expect(try desk.openDeadlines(number).contains("close 2026-12-13T23:59"))
    }

    @Test func `pitfall 27 a voided visit counts in no list, file or total`() throws {
        let number = try desk.open("One")
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-11T15:00")) }
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-18T15:00")) }
        let last = try desk.agency.read { db in
            try #require(try VisitStore.visits(of: CaseFinder.find(number, in: db).id, in: db).last).id
        }
        try desk.act { _ = try $0.voidVisit(number, last, reason: "wrong case") }
        // The deadline that it met is open again, and overdue.
        #expect(try desk.openDeadlines(number).contains("next-contact 2026-11-18T23:59"))
        let session = try desk.agency.open()
        let overdue = try session.worklist("overdue", WorklistQuery()).0.rows
        #expect(overdue.filter { $0.deadline.kind == .nextContact }.count == 1)
        #expect(try overdue.first?.standing.lastContactAt == desk.instant("2026-11-11T15:00"))
        #expect(try session.totals().visits == 1 && session.totals().contacts == 1)
        #expect(try session.visitList(number).rows.count == 1)
        var visits = 0
        try session.exportCaseload(.visits, in: Period()) { _ in visits += 1 }
        #expect(visits == 1)
    }
}
