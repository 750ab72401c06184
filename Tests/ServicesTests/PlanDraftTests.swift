import CivilTime
import CrisisCare
import Reports
import SQLite
import Storage
import Testing

@testable import Services

/// Drafts of a plan: what is added, what is refused, and what becomes a version.
struct PlanDraftTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    private func save(_ number: String, _ content: PlanContent, as login: String = "casey") throws {
        try desk.act(as: login) { _ = try $0.savePlanDraft(number, content, replacing: nil) }
    }

    private func counts() throws -> [Int?] {
        let counts = try desk.agency.tableCounts()
        return [counts["plan_draft"], counts["safety_plan"]]
    }

    @Test func `entries are added to a draft, replaced and taken out`() throws {
        let number = try desk.open("One")
        let first = try desk.act { try $0.setPlanPart(number, .coping, to: [" music "], replaces: false) }
        #expect(first.gaps.count == 12)
        try desk.act { _ = try $0.setPlanPart(number, .coping, to: ["drawing", "", "walks"], replaces: false) }
        #expect(try desk.act { try $0.planDraft(number) }.content.entries[.coping] == ["music", "drawing", "walks"])
        try desk.act { _ = try $0.setPlanPart(number, .coping, to: ["swims"], replaces: true) }
        #expect(try desk.act { try $0.planDraft(number) }.content.entries == [.coping: ["swims"]])
        try desk.act { _ = try $0.setPlanPart(number, .coping, to: [""], replaces: true) }
        #expect(try desk.act { try $0.planDraft(number) }.content.entries == [:])
        // A part with one value is always replaced.
        try desk.act { _ = try $0.setPlanPart(number, .youth, to: ["yes"], replaces: false) }
        try desk.act { _ = try $0.setPlanPart(number, .youth, to: ["no"], replaces: false) }
        #expect(try desk.act { try $0.planDraft(number) }.content.youthTookPart == false)
        let details = try desk.agency.auditEntries().filter { $0.action == "plan set" }.map(\.detail)
        #expect(details.prefix(2) == [#"{"coping":[null,"music"]}"#, #"{"coping":["music","music|drawing|walks"]}"#])
        #expect(try counts() == [1, 0])
    }

    @Test func `what the files cannot hold is refused`() throws {
        let number = try desk.open("One")
        for (part, line) in [
            (PlanPart.coping, "a|b"), (.lethalMeans, "a: declined; b: declined"), (.youth, "perhaps"), (.copy, "maybe"),
            (.copy, "no:"), (.review, "soon"), (.copy, "no: " + String(repeating: "x", count: 1_997)),
        ] {
            try desk.expectFailure { _ = try $0.setPlanPart(number, part, to: [line], replaces: false) }
        }
        for (part, line) in [
            (PlanPart.coping, "a;b"), (.lethalMeans, "a: declined"),
            (.copy, "no: " + String(repeating: "x", count: 1_996)),
        ] {
            try desk.act { _ = try $0.setPlanPart(number, part, to: [line], replaces: false) }
        }
    }

    @Test func `a complete draft becomes a version and is gone`() throws {
        let number = try desk.open("One")
        try desk.expectFailure { _ = try $0.activatePlanDraft(number, reason: nil, at: $0.now) }
        try save(number, desk.plan())
        let change = try desk.act {
            try $0.activatePlanDraft(number, reason: nil, at: desk.instant("2026-11-12T10:00"))
        }
        #expect(change.history.plans.map(\.version) == [1])
        #expect(try counts() == [0, 1])
        #expect(try desk.deadlines(number).contains("safety-plan 2026-11-17T23:59 met"))
        let stored = try desk.agency.read { db in try PlanStore.active(of: CaseFinder.find(number, in: db).id, in: db) }
        #expect(stored?.content == desk.plan())
        #expect(try stored?.version.activatedAt == desk.instant("2026-11-12T10:00"))
    }

    @Test func `an incomplete draft stays a draft, and every gap is named`() throws {
        let number = try desk.open("One")
        var content = desk.plan(review: "2026-12-23")
        content.entries[.coping] = nil
        content.youthTookPart = nil
        try save(number, content)
        try desk.expectRefusal(.planIncomplete) { _ = try $0.activatePlanDraft(number, reason: nil, at: $0.now) }
        let violation = #expect(throws: RuleViolation.self) {
            _ = try desk.agency.open(as: "casey").activatePlanDraft(number, reason: nil, at: desk.agency.now)
        }
        for gap in ["step 2", "youth and caregiver", "2026-11-10 to 2026-12-22"] {
            #expect(violation?.message.contains(gap) == true, "\(gap)")
        }
        #expect(try desk.act { try $0.planDraft(number) }.gaps.count == 3)
        #expect(try counts() == [1, 0])
    }

    @Test func `a dry run keeps the draft as it was`() throws {
        let number = try desk.open("One")
        try save(number, desk.plan())
        try desk.act { _ = try $0.activatePlanDraft(number, reason: nil, at: $0.now, isDryRun: true) }
        try desk.act { _ = try $0.setPlanPart(number, .coping, to: ["x"], replaces: true, isDryRun: true) }
        try desk.act { _ = try $0.discardPlanDraft(number, isDryRun: true) }
        #expect(try counts() == [1, 0])
        #expect(try desk.act { try $0.planDraft(number) }.content == desk.plan())
        try desk.act { _ = try $0.discardPlanDraft(number) }
        #expect(try counts() == [0, 0])
        try desk.expectFailure { _ = try $0.discardPlanDraft(number) }
    }

    @Test func `a second draft starts from the active version, which stays readable`() throws {
        let number = try desk.open("One")
        try desk.act { _ = try $0.activatePlan(number, desk.plan(), reason: "first plan", at: $0.now) }
        try desk.act { _ = try $0.setPlanPart(number, .coping, to: ["drawing"], replaces: false) }
        try desk.expectFailure { _ = try $0.activatePlanDraft(number, reason: nil, at: $0.now) }
        try desk.expectFailure { _ = try $0.activatePlanDraft(number, reason: "no such code", at: $0.now) }
        try desk.act { _ = try $0.activatePlanDraft(number, reason: "new helper", at: $0.now) }
        let plans = try desk.agency.read { db in try PlanStore.records(of: CaseFinder.find(number, in: db).id, in: db) }
        #expect(plans.map { $0.content.entries[.coping] } == [["music"], ["music", "drawing"]])
        #expect(plans.map { $0.supersededAt == nil } == [false, true])
    }

    @Test func `a draft that somebody else saved meanwhile is not overwritten`() throws {
        let number = try desk.open("One")
        let seen = try desk.act { try $0.planDraft(number) }.mark
        try desk.act(as: "kim") { _ = try $0.setPlanPart(number, .coping, to: ["music"], replaces: false) }
        try desk.expectRefusal(.staleEdit) { _ = try $0.savePlanDraft(number, desk.plan(), replacing: seen) }
        let current = try desk.act { try $0.planDraft(number) }.mark
        try desk.act { _ = try $0.savePlanDraft(number, desk.plan(), replacing: current) }
        // A draft that became a version meanwhile, too.
        let next = try desk.act { try $0.planDraft(number) }.mark
        try desk.act(as: "kim") { _ = try $0.activatePlanDraft(number, reason: nil, at: $0.now) }
        try desk.expectRefusal(.staleEdit) { _ = try $0.savePlanDraft(number, desk.plan(), replacing: next) }
    }

    @Test func `who may not work at the site may not touch its plans`() throws {
        let number = try desk.open("One")
        try save(number, desk.plan())
        for login in ["dana", "ana", "boss"] {
            try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.planDraft(number) }
            try desk.expectRefusal(.notPermitted, as: login) {
                _ = try $0.setPlanPart(number, .coping, to: ["x"], replaces: false)
            }
            try desk.expectRefusal(.notPermitted, as: login) {
                _ = try $0.activatePlanDraft(number, reason: nil, at: $0.now)
            }
            try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.discardPlanDraft(number) }
            try desk.expectRefusal(.notPermitted, as: login) {
                _ = try $0.planToPrint(number, forFamily: true, overrideReason: "")
            }
        }
    }

    @Test func `the plans file holds the active version and nothing of a draft`() throws {
        let number = try desk.open("One")
        try desk.act { _ = try $0.activatePlan(number, desk.plan(), reason: "first plan", at: $0.now) }
        let before = try desk.agency.export(.plans)
        try desk.act { _ = try $0.setPlanPart(number, .coping, to: ["drawing"], replaces: false) }
        #expect(try desk.agency.export(.plans) == before)
        try desk.act { _ = try $0.activatePlanDraft(number, reason: "new helper", at: $0.now) }
        #expect(String(decoding: try desk.agency.export(.plans), as: UTF8.self).contains("music|drawing"))
    }

    @Test func `a draft changes what is due only when it becomes a version`() throws {
        let number = try desk.open("One")
        let before = try desk.deadlines(number)
        try save(number, desk.plan())
        #expect(try desk.deadlines(number) == before)
    }
}
