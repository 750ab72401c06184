import CivilTime
import CrisisCare
import Reports
import SQLite
import Services
import Storage
import Testing

/// Reviews and declines of a plan, and the copy that is printed.
struct PlanFollowUpTests {
    private let desk: CrisisDesk
    private let number: String

    init() throws {
        desk = try CrisisDesk()
        number = try desk.open("One")
    }

    private func activate() throws {
        let at = try desk.instant("2026-11-12T10:00")
        try desk.act { _ = try $0.activatePlan(number, desk.plan(), reason: "first plan", at: at) }
    }

    @Test func `a review meets what was due and starts the next clock`() throws {
        try activate()
        #expect(try desk.openDeadlines(number).contains("plan-review 2026-11-24T23:59"))
        let next = try #require(CivilDate("2026-11-30"))
        let first = try desk.instant("2026-11-15T10:00")
        try desk.act { _ = try $0.reviewPlan(number, at: first, next: next, note: "it holds") }
        #expect(try desk.deadlines(number).contains("plan-review 2026-11-24T23:59 met"))
        #expect(try desk.openDeadlines(number).contains("plan-review 2026-11-30T23:59"))
        // Without a date the policy's days count.
        try desk.act { _ = try $0.reviewPlan(number, at: $0.now, next: nil, note: "") }
        #expect(try desk.openDeadlines(number).contains("plan-review 2026-12-04T23:59"))
        let notes = try desk.agency.read { db in
            try db.all("SELECT note FROM plan_review ORDER BY at") { try $0.text(0) }
        }
        #expect(notes == ["it holds", ""])
    }

    @Test func `a review needs a plan that was active, in the past, and a next date that follows`() throws {
        try desk.expectRefusal(.planMissing) { _ = try $0.reviewPlan(number, at: $0.now, next: nil, note: "") }
        try activate()
        let active = try desk.instant("2026-11-12T10:00")
        try desk.expectRefusal(.planMissing) {
            _ = try $0.reviewPlan(number, at: active.adding(seconds: -1), next: nil, note: "")
        }
        try desk.act { _ = try $0.reviewPlan(number, at: active, next: CivilDate("2026-11-12"), note: "") }
        try desk.expectFailure { _ = try $0.reviewPlan(number, at: active, next: CivilDate("2026-11-11"), note: "") }
        try desk.expectRefusal(.inTheFuture) {
            _ = try $0.reviewPlan(number, at: $0.now.adding(seconds: 1), next: nil, note: "")
        }
        try desk.expectRefusal(.notPermitted, as: "dana") {
            _ = try $0.reviewPlan(number, at: $0.now, next: nil, note: "")
        }
    }

    @Test func `a next review after the window warns`() throws {
        try activate()
        for (day, warns) in [("2026-12-22", false), ("2026-12-23", true)] {
            let change = try desk.act { try $0.reviewPlan(number, at: $0.now, next: CivilDate(day), note: "") }
            #expect(change.warnings.isEmpty != warns, "\(day)")
        }
    }

    @Test func `a decline ends what was due, and who declined it is kept`() throws {
        #expect(try desk.openDeadlines(number).contains("safety-plan 2026-11-17T23:59"))
        try desk.act { _ = try $0.declinePlan(number, by: .both, reason: "not now", at: $0.now, isDryRun: true) }
        #expect(try desk.openDeadlines(number).contains("safety-plan 2026-11-17T23:59"))
        try desk.act { _ = try $0.declinePlan(number, by: .both, reason: "not now", at: $0.now) }
        #expect(try desk.deadlines(number).contains("safety-plan 2026-11-17T23:59 plan declined"))
        let detail = try desk.agency.auditEntries().last?.detail
        #expect(detail == #"{"declined_by":[null,"both"],"reason":[null,"not now"]}"#)
        let rows = try desk.agency.read { db in
            try db.all("SELECT declined_by, reason FROM plan_decline") { "\(try $0.text(0)): \(try $0.text(1))" }
        }
        #expect(rows == ["both: not now"])
        try desk.expectRefusal(.inTheFuture) {
            _ = try $0.declinePlan(number, by: .youth, reason: "x", at: $0.now.adding(seconds: 1))
        }
        try desk.expectRefusal(.beforeEpisode) {
            _ = try $0.declinePlan(number, by: .youth, reason: "x", at: desk.instant("2026-11-10T09:59:59"))
        }
    }

    @Test func `nothing of a plan follows the discharge`() throws {
        try activate()
        try desk.act(as: "sam") {
            _ = try $0.closeEpisode(
                number,
                Discharge(at: $0.now, on: $0.today),
                reason: "family moved",
                overrideReason: "they moved away"
            )
        }
        try desk.expectRefusal(.episodeClosed) { _ = try $0.reviewPlan(number, at: $0.now, next: nil, note: "") }
        try desk.expectRefusal(.episodeClosed) { _ = try $0.declinePlan(number, by: .both, reason: "x", at: $0.now) }
    }

    @Test func `every reading of a plan names its case in the audit, and a refused one too`() throws {
        try activate()
        try desk.act { _ = try $0.setPlanPart(number, .coping, to: ["walks"], replaces: false) }
        let episode = try desk.record(number).id
        let before = try desk.agency.auditEntries().count
        let readings: [(borrowing Session) throws -> Void] = [
            { _ = try $0.showPlan(number, isDraft: false) }, { _ = try $0.showPlan(number, isDraft: true) },
            { _ = try $0.planHistory(number) }, { _ = try $0.planDiff(number, from: 1, to: nil) },
            { _ = try $0.planDraft(number) }, { _ = try $0.planToPrint(number, forFamily: true, overrideReason: "") },
        ]
        for reading in readings { try desk.act(reading) }
        let entries = try desk.agency.auditEntries().dropFirst(before)
        #expect(
            entries.map(\.action) == [
                "plan show", "plan show", "plan history", "plan diff", "plan draft", "plan print",
            ]
        )
        #expect(entries.allSatisfy { $0.episode == episode })
        for reading in readings.dropLast() { try desk.expectRefusal(.notPermitted, as: "dana", reading) }
        #expect(try desk.agency.auditEntries().suffix(5).allSatisfy { $0.episode == episode })
    }

    @Test func `what is shown of a Part 2 record says that it must not be passed on`() throws {
        let flagged = try desk.open("Three") { $0.part2 = true }
        for (number, isPart2) in [(flagged, true), (number, false)] {
            try desk.act { _ = try $0.activatePlan(number, desk.plan(), reason: "first plan", at: $0.now) }
            try desk.act { _ = try $0.setPlanPart(number, .coping, to: ["walks"], replaces: false) }
            for isDraft in [false, true] {
                let shown = try desk.act { try $0.showPlan(number, isDraft: isDraft) }
                let notice = shown.fields.first { $0.column.key == "notice" }?.cell
                #expect(notice == (isPart2 ? .text(Part2Notice.text) : .null))
            }
            #expect(try desk.act { try $0.planHistory(number) }.isPart2 == isPart2)
            #expect(try desk.act { try $0.planDiff(number, from: 1, to: nil) }.isPart2 == isPart2)
            #expect(try desk.act { try $0.planDraft(number) }.isPart2 == isPart2)
        }
    }

    @Test func `a family's copy of minor-consented care takes a reason, which the audit keeps`() throws {
        let alone = try desk.open("Two") { $0.minorConsented = true }
        try desk.expectRefusal(.minorConsented) {
            _ = try $0.planToPrint(alone, forFamily: true, overrideReason: " ")
        }
        try desk.expectRefusal(.planMissing) { _ = try $0.planToPrint(alone, forFamily: false, overrideReason: "") }
        try desk.act { _ = try $0.activatePlan(alone, desk.plan(), reason: "first plan", at: $0.now) }
        try desk.act { _ = try $0.planToPrint(alone, forFamily: false, overrideReason: "") }
        try desk.act { _ = try $0.planToPrint(alone, forFamily: true, overrideReason: "the youth asked") }
        let detail = try #require(try desk.agency.auditEntries().last?.detail)
        #expect(detail == #"{"copy_for":[null,"family"],"override_reason":[null,"the youth asked"]}"#)
    }
}
