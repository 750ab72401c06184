import CivilTime
import CrisisCare
import Services
import Storage
import Testing

/// Pitfalls 7 and 9: the window is a hard stop, and every path refuses alike.
struct HardStopTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    @Test func `pitfall 7 nothing but a granted extension moves the end of the window`() throws {
        let number = try desk.open("One", call: "2026-10-05T10:00")
        let end = CivilDate("2026-11-16")
        #expect(try desk.record(number).standing.windowEndsOn == end)
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-16T23:59:59")) }
        #expect(try desk.record(number).standing.windowEndsOn == end)
        // Day 43, whoever asks and however it went.
        for login in ["casey", "sam", "sue"] {
            for result in ContactResult.allCases {
                for with in ContactWith.allCases {
                    let visit = try desk.visit("2026-11-17T00:00", result, with: with)
                    let error = try #require(throws: RuleViolation.self) {
                        _ = try desk.agency.open(as: login).logVisit(number, visit)
                    }
                    #expect(error.rule == .windowClosed)
                }
            }
        }
        #expect(try desk.record(number).standing.windowEndsOn == end)
        let plan = try desk.instant("2026-11-18T10:00")
        try desk.expectRefusal(.planIncomplete) {
            // A plan after the window has no review date inside it.
            _ = try $0.activatePlan(number, desk.plan(review: "2026-11-25"), reason: "first plan", at: plan)
        }
        #expect(try desk.record(number).standing.windowEndsOn == end)
        #expect(try desk.openDeadlines(number).contains("close 2026-11-16T23:59"))
    }

    /// A rule, how a person breaks it, and how a row of a file does.
    private struct Path {
        let rule: Rule
        let person: (CrisisDesk, borrowing Session, String) throws -> Void
        let file: (inout CaseloadFiles) -> Void
    }

    @Test func `pitfall 9 a person and a file are refused by the same rules`() throws {
        // The case of both: a call on 1 September at 10:00, arrival at 10:40.
        func visit(_ rule: Rule, _ local: String, _ offset: String) -> Path {
            Path(
                rule: rule,
                person: { desk, session, number in _ = try session.logVisit(number, desk.visit(local)) },
                file: { $0.visit("A", ["at": local + offset]) }
            )
        }
        func plan(_ rule: Rule, _ change: @escaping (inout PlanContent) -> Void, _ cells: [String: String]) -> Path {
            Path(
                rule: rule,
                person: { desk, session, number in
                    var content = desk.plan(review: "2026-09-20")
                    change(&content)
                    let at = try desk.instant("2026-09-04T15:00")
                    _ = try session.activatePlan(number, content, reason: "first plan", at: at)
                },
                file: { $0.plan("A", cells) }
            )
        }
        let paths = [
            visit(.windowClosed, "2026-10-14T00:00:00", "-04:00"),
            visit(.beforeEpisode, "2026-09-01T09:59:59", "-04:00"),
            visit(.inTheFuture, "2026-11-20T09:00:01", "-05:00"),
            plan(.planIncomplete, { $0.lethalMeans = [] }, ["lethal_means": ""]),
            plan(.planIncomplete, { $0.entries = [:] }, ["coping": ""]),
            plan(.planIncomplete, { $0.reviewOn = CivilDate("2026-10-14") }, ["review_on": "2026-10-14"]),
            plan(.planIncomplete, { $0.copyGiven = "no: " }, ["copy_given": "no: "]),
            Path(
                rule: .stateOrder,
                person: { desk, session, number in
                    let steps = try desk.steps([.identified, .offered, .sent], from: "2026-09-03T10:00")
                    let early = ReferralStep(.accepted, at: try desk.instant("2026-09-03T10:01:59"))
                    _ = try session.addReferral(
                        number,
                        service: "outpatient",
                        agency: "A",
                        warmHandoff: nil,
                        steps: steps + [early]
                    )
                },
                file: {
                    $0.referral("A", 1, ["status": "accepted", "answered_at": "2026-09-07T09:59:59-04:00"])
                }
            ),
            Path(
                rule: .beforeArrival,
                person: { desk, session, number in
                    _ = try session.recordDispatch(number, at: desk.instant("2026-09-01T10:40:01"))
                },
                file: { $0.episode("B", ["dispatched_at": "2026-09-01T10:40:01-04:00"]) }
            ),
        ]
        for path in paths {
            let number = try desk.open("One", call: "2026-09-01T10:00")
            try desk.expectRefusal(path.rule) { try path.person(desk, $0, number) }
            let agency = try TestAgency()
            var files = CaseloadFiles()
            files.episode("A")
            path.file(&files)
            let refused = try #require(throws: ImportRefused.self) { try agency.take(files) }
            #expect(refused.summary.refusals.map(\.rule) == [path.rule])
        }
    }
}
