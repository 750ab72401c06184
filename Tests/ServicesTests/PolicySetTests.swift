import CivilTime
import CrisisCare
import Services
import Storage
import Testing

/// `policy set`: a new row for days on which no case was called; a case keeps the rules of its day.
struct PolicySetTests {
    private let desk: CrisisDesk
    private let youth = ShippedProgram.youth.rawValue

    init() throws {
        desk = try CrisisDesk()
    }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    private func policies() throws -> [Policy] {
        try desk.agency.read { db in
            try PolicyStore.book(in: db).programs.first { $0.name == youth }?.policies ?? []
        }
    }

    @discardableResult
    private func set(_ from: String, as login: String = "boss", _ change: (inout Policy) -> Void) throws -> PolicyChange
    {
        let day = try day(from)
        return try desk.act(as: login) { try $0.setPolicy(of: youth, from: day, change) }
    }

    private func refuse(_ rule: Rule, _ from: String, as login: String = "boss") throws {
        let day = try day(from)
        try desk.expectRefusal(rule, as: login) { session in
            _ = try session.setPolicy(of: youth, from: day) { $0.windowDays = 45 }
        }
    }

    @Test func `a new policy takes what is not named from the one before, and the audit has both values`() throws {
        let change = try set("2026-12-01") {
            $0.windowDays = 45
            $0.planReviewDays = nil
        }
        #expect(change.fields == ["plan_review_days", "window_days"])
        let found = try policies()
        #expect(found.count == 2)
        var expected = ShippedProgram.youth.policy
        expected.effectiveFrom = try day("2026-12-01")
        expected.windowDays = 45
        expected.planReviewDays = nil
        #expect(found.last == expected)
        #expect(found.first == ShippedProgram.youth.policy)
        let entry = try #require(try desk.agency.auditEntries().last)
        #expect(entry.action == "policy set")
        #expect(
            entry.detail
                == #"{"effective_from":[null,"2026-12-01"],"plan_review_days":[14,null],"window_days":[42,45]}"#
        )
    }

    @Test func `a case keeps the rules of the day of its call`() throws {
        let old = try desk.open("One", call: "2026-11-20T08:00", isArrived: false)
        try set("2026-11-21") { $0.arrivalMinutes = 60 }
        // The day before the new policy and its first day.
        let before = try desk.act(at: "2026-11-22T09:00") { session in
            try session.openEpisode(desk.request("Two", call: "2026-11-20T23:59")).caseNumber.description
        }
        let after = try desk.act(at: "2026-11-22T09:00") { session in
            try session.openEpisode(desk.request("Three", call: "2026-11-21T00:00")).caseNumber.description
        }
        #expect(try desk.deadlines(old) == ["arrival 2026-11-20T08:45 open"])
        #expect(try desk.deadlines(before) == ["arrival 2026-11-21T00:44 open"])
        #expect(try desk.deadlines(after) == ["arrival 2026-11-21T01:00 open"])
    }

    @Test func `no day is taken on which a case was called that would change its rules`() throws {
        _ = try desk.open("One", call: "2026-11-18T23:59", isArrived: false)
        try refuse(.inUse, "2026-11-18")
        try refuse(.inUse, "2020-01-01")
        // The next day is free, and again as long as nobody called.
        try set("2026-11-19") { $0.windowDays = 45 }
        try set("2026-11-19") { $0.windowDays = 30 }
        #expect(try policies().map(\.windowDays) == [42, 30])
        _ = try desk.open("Two", call: "2026-11-19T00:00", isArrived: false)
        try refuse(.inUse, "2026-11-19")
        // A voided case keeps its rules too.
        let voided = try desk.open("Three", call: "2026-11-20T08:00", isArrived: false)
        try desk.act(as: "sam") { _ = try $0.voidEpisode(voided, reason: "test") }
        try refuse(.inUse, "2026-11-20")
    }

    @Test func `the days before another policy can be given rules while nobody called in them`() throws {
        try set("2026-01-01") { $0.windowDays = 45 }
        _ = try desk.open("One", call: "2026-11-18T10:00", isArrived: false)
        try refuse(.inUse, "2026-01-01")
        // Nobody called from 2020 to the end of 2025, which is as far as these rules reach.
        try set("2020-01-01") { $0.arrivalMinutes = 60 }
        #expect(try policies().map(\.arrivalMinutes) == [45, 60, 45])
        #expect(try policies().map(\.windowDays) == [42, 42, 45])
    }

    @Test func `another program's cases are in nobody's way`() throws {
        _ = try desk.open("One", call: "2026-11-18T10:00", isArrived: false)
        let first = try day("2026-01-01")
        let change = try desk.act(as: "boss") {
            try $0.setPolicy(of: ShippedProgram.adult.rawValue, from: first) { $0.windowDays = 30 }
        }
        #expect(change.fields == ["window_days"])
    }

    @Test func `administrators alone set policies, and a dry run keeps none`() throws {
        for login in ["casey", "sam", "sue", "ana"] { try refuse(.notPermitted, "2026-12-01", as: login) }
        let first = try day("2026-12-01")
        try desk.act(as: "boss") { _ = try $0.setPolicy(of: youth, from: first, isDryRun: true) { $0.windowDays = 45 } }
        #expect(try policies().count == 1)
        try desk.expectFailure(as: "boss") { _ = try $0.setPolicy(of: "no such", from: first) { _ in } }
        let early = try day("1899-12-31")
        try desk.expectFailure(as: "boss") { _ = try $0.setPolicy(of: youth, from: early) { _ in } }
    }
}
