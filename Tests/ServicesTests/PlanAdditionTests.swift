import CivilTime
import CrisisCare
import Reports
import SQLite
import Services
import Storage
import Testing

/// What child and family add to a plan is kept with its draft and with each version, and is never lost on the way.
struct PlanAdditionTests {
    private let desk: CrisisDesk
    private let number: String
    private static let parts: [PlanPart] = [.calm, .escalating, .triggers, .helped, .crisis, .school]

    init() throws {
        desk = try CrisisDesk()
        number = try desk.open("One")
    }

    private func stored() throws -> [PlanContent] {
        try desk.agency.read { db in try PlanStore.records(of: CaseFinder.find(number, in: db).id, in: db) }
            .map(\.content)
    }

    @Test func `every addition passes from the draft into its version and into the next draft`() throws {
        try desk.act { _ = try $0.savePlanDraft(number, desk.plan(), replacing: nil) }
        for part in Self.parts {
            let lines = ["first \(part.rawValue)", "second \(part.rawValue)"]
            try desk.act { _ = try $0.setPlanPart(number, part, to: lines, replaces: false) }
        }
        let drafted = try desk.act { try $0.planDraft(number) }.content
        for part in Self.parts {
            #expect(drafted.lines(of: part) == ["first \(part.rawValue)", "second \(part.rawValue)"], "\(part)")
        }
        try desk.act { _ = try $0.activatePlanDraft(number, reason: nil, at: $0.now) }
        #expect(try stored() == [drafted])
        // The next draft starts from the version, and a change of one part leaves the others.
        try desk.act { _ = try $0.setPlanPart(number, .triggers, to: ["noise"], replaces: true) }
        try desk.act { _ = try $0.activatePlanDraft(number, reason: "new helper", at: $0.now) }
        var changed = drafted
        changed.additions[.triggers] = ["noise"]
        #expect(try stored() == [drafted, changed])
        #expect(Set(drafted.additions.keys) == Set(PlanAddition.allCases))
    }

    @Test func `a difference of additions is shown, and a version without them has none`() throws {
        try desk.act { _ = try $0.activatePlan(number, desk.plan(), reason: "first plan", at: $0.now) }
        try desk.act { _ = try $0.setPlanPart(number, .school, to: ["the counselor's room"], replaces: false) }
        try desk.act { _ = try $0.activatePlanDraft(number, reason: "new helper", at: $0.now) }
        let rows = try desk.act { try $0.planDiff(number, from: 1, to: 2) }.listing.rows
        #expect(rows == [[.code("added"), .code("school"), .text("the counselor's room")]])
        #expect(try desk.act { try $0.planDiff(number, from: 2, to: 1) }.listing.rows.map(\.[0]) == [.code("removed")])
        #expect(try stored().map(\.additions) == [[:], [.school: ["the counselor's room"]]])
    }

    @Test func `additions obey what entries obey, and may be taken out again`() throws {
        for line in ["a|b", String(repeating: "x", count: 10_001)] {
            try desk.expectFailure { _ = try $0.setPlanPart(number, .calm, to: [line], replaces: false) }
        }
        try desk.act {
            _ = try $0.setPlanPart(number, .calm, to: [String(repeating: "é", count: 10_000)], replaces: false)
        }
        try desk.act { _ = try $0.setPlanPart(number, .calm, to: [""], replaces: true) }
        #expect(try desk.act { try $0.planDraft(number) }.content == PlanContent())
    }

    @Test func `the plans file is the same with additions as without them`() throws {
        try desk.act { _ = try $0.activatePlan(number, desk.plan(), reason: "first plan", at: $0.now) }
        let before = String(decoding: try desk.agency.export(.plans), as: UTF8.self)
        try desk.act { _ = try $0.setPlanPart(number, .calm, to: ["hums"], replaces: false) }
        try desk.act { _ = try $0.activatePlanDraft(number, reason: "first plan", at: $0.now) }
        #expect(String(decoding: try desk.agency.export(.plans), as: UTF8.self) == before)
    }

    @Test func `the schema takes the numbers of steps and additions and no others`() throws {
        try desk.act { _ = try $0.activatePlan(number, desk.plan(), reason: "first plan", at: $0.now) }
        let database = try Database.open(desk.agency.path, .readWrite, now: 0, programVersion: "test")
        for (step, isTaken) in [(6, true), (7, false), (10, false), (11, true), (16, true), (17, false)] {
            let insertion: SQL = """
                INSERT INTO safety_plan_item (plan, step, position, text)
                SELECT id, \(step), 99, 'x' FROM safety_plan
                """
            if isTaken {
                try database.write { db in _ = try db.execute(insertion) }
            } else {
                #expect(throws: SQLiteError.self, "\(step)") {
                    try database.write { db in _ = try db.execute(insertion) }
                }
            }
        }
    }
}
