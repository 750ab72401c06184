import CrisisCare
import Services
import Storage
import Testing

/// Rows of plans.csv: only a complete plan is active, whatever path it comes by.
struct ImportPlanRefusalTests {
    @Test(arguments: [
        ["warning_signs": ""], ["coping": "not applicable"], ["helpers": "aunt"], ["professionals": "988|school"],
        ["professionals": "2-1-1"], ["lethal_means": ""], ["lethal_means": "medication: asked"],
        ["youth_took_part": ""], ["caregiver_took_part": ""], ["copy_given": ""], ["copy_given": "no:"],
        ["review_on": ""], ["review_on": "2026-08-31"], ["review_on": "2026-10-14"], ["safe_environment": " "],
    ])
    func `a plan that lacks something is refused, and its words are not repeated`(change: [String: String]) throws {
        var files = CaseloadFiles()
        files.episode("A")
        let line = files.plan("A", change)
        try TestAgency().expectRefusal(of: files, .plans, line: line, .planIncomplete, secret: "pacing")
    }

    @Test(arguments: ["2026-09-01", "2026-10-13"])
    func `a review on the first or the last day of the window is inside it`(day: String) throws {
        var files = CaseloadFiles()
        files.episode("A")
        files.plan("A", ["review_on": day])
        try TestAgency().expectKept(files)
    }

    @Test func `a plan before the call, after the discharge or in the future is refused`() throws {
        let cases: [(String, Rule)] = [
            ("2026-09-01T09:59:59-04:00", .beforeEpisode), ("2026-09-11T00:00:00-04:00", .episodeClosed),
            ("2026-11-20T09:00:01-05:00", .inTheFuture),
        ]
        for (at, rule) in cases {
            var files = CaseloadFiles()
            files.episode("A", ["discharged_on": "2026-09-10", "discharge_reason": "family moved"])
            // At the discharge's own instant the plan comes first, and the discharge would lie before it.
            let line = files.plan("A", ["activated_at": rule == .episodeClosed ? "2026-09-11T00:00:01-04:00" : at])
            try TestAgency().expectRefusal(of: files, .plans, line: line, rule)
        }
    }

    @Test(arguments: [
        ["reason": "first"], ["reason": ""], ["youth_took_part": "1"], ["review_on": "soon"], ["author": ""],
    ])
    func `a value of a plan that is missing or on no list is refused`(change: [String: String]) throws {
        var files = CaseloadFiles()
        files.episode("A")
        let line = files.plan("A", change)
        try TestAgency().expectRefusal(of: files, .plans, line: line, .badValue)
    }

    @Test func `two versions of a plan are both kept, the later one active`() throws {
        var files = CaseloadFiles()
        files.episode("A")
        files.plan("A", ["activated_at": "2026-09-20T10:00:00-04:00", "coping": "later", "reason": "new crisis"])
        files.plan("A", ["activated_at": "2026-09-05T10:00:00-04:00", "coping": "earlier"])
        let agency = try TestAgency()
        try agency.expectKept(files)
        let plan = try agency.read { db in
            let record = try #require(try EpisodeStore.find(sourceRef: "A", in: db))
            return try PlanStore.active(of: record.id, in: db)
        }
        #expect(plan?.content.entries[.coping] == ["later"])
        #expect(plan?.version.version == 2)
    }
}
