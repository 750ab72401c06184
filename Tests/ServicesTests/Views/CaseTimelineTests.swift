import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// The course of a case by day, as it is drawn.
struct CaseTimelineTests {
    private typealias Mark = CaseTimeline.Mark

    private func marks(_ timeline: CaseTimeline, _ heading: String) throws -> [String] {
        let lane = try #require(timeline.lanes.first { $0.heading == heading })
        return lane.marks.map { "\($0.day) \($0.mark)" }
    }

    private func timeline(_ desk: CrisisDesk, _ number: String, asOf: String? = nil) throws -> CaseTimeline {
        let asOf = try asOf.map(desk.instant)
        return try desk.act { try $0.caseView(number, asOf: asOf).timeline }
    }

    @Test func `what happened and what is due stand on their days, attempts apart from contacts`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("One")
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-11T10:00")) }
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-12T10:00", .noAnswer)) }
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-13T10:00", with: .school)) }
        let at = try desk.instant("2026-11-14T12:00")
        try desk.act { _ = try $0.activatePlan(number, desk.plan(), reason: "first plan", at: at) }
        let shown = try timeline(desk, number)
        #expect(shown.dayZero.description == "2026-11-10")
        #expect(shown.days == 0...42)
        #expect(shown.window == CaseTimeline.Window(regularEnd: 42, lastDay: 42))
        #expect(shown.asOfDay == 10)
        #expect(shown.course.map { "\($0.day) \($0.mark)" } == ["0 call", "0 arrival"])
        #expect(try marks(shown, "Contacts") == ["1 contact", "3 otherVisit"])
        #expect(try marks(shown, "Attempts") == ["2 attempt"])
        #expect(try marks(shown, "Plan") == ["4 planActivated"])
        // The next contact was due on day 8; the plan is to be reviewed on 24 November; what was met in time is not
        // drawn.
        #expect(try marks(shown, "Due") == ["8 overdue", "14 due", "42 due"])
        // As of an earlier day nothing later has happened.
        let earlier = try timeline(desk, number, asOf: "2026-11-12T09:59:59")
        #expect(earlier.asOfDay == 2)
        #expect(try marks(earlier, "Attempts") == [])
        #expect(try marks(earlier, "Due") == ["7 due", "8 due", "42 due"])
        // Exactly when it is overdue the mark changes.
        #expect(try marks(timeline(desk, number, asOf: "2026-11-18T23:59:59"), "Due") == ["8 due", "14 due", "42 due"])
        #expect(
            try marks(timeline(desk, number, asOf: "2026-11-19T00:00"), "Due") == ["8 overdue", "14 due", "42 due"]
        )
    }

    @Test func `an extension lengthens the window from the day on which it is granted`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("One")
        let end = try #require(CivilDate("2026-12-29"))
        try desk.act(as: "sam") {
            _ = try $0.extendWindow(number, to: end, requestedBy: "casey", reason: "intake", isDryRun: false)
        }
        #expect(try timeline(desk, number).window == CaseTimeline.Window(regularEnd: 42, lastDay: 49))
        #expect(try timeline(desk, number).days == 0...49)
        let before = try timeline(desk, number, asOf: "2026-11-20T08:59:59")
        #expect(before.window == CaseTimeline.Window(regularEnd: 42, lastDay: 42))
    }

    @Test func `day 0 is the response, so that a deferred one has its call before it`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("One", mode: .deferredMobile, isArrived: false)
        #expect(try timeline(desk, number).window == nil)
        #expect(try timeline(desk, number).dayZero.description == "2026-11-10")
        let late = try desk.instant("2026-11-13T10:00:01")
        try desk.act { _ = try $0.recordArrival(number, at: late) }
        let shown = try timeline(desk, number)
        #expect(shown.days == -3...42)
        #expect(shown.course.map { "\($0.day) \($0.mark)" } == ["-3 call", "0 arrival"])
        // Its 48 hours ended on day -1.
        #expect(try marks(shown, "Due").first == "-1 missed")
    }

    @Test func `a phone-only case is drawn without the six weeks, a closed one without today`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("One", call: "2026-11-19T10:00", mode: .phone)
        let open = try timeline(desk, number)
        #expect(open.window == nil)
        #expect(open.days == 0...7)
        #expect(open.asOfDay == 1)
        let at = try desk.instant("2026-11-20T08:00")
        let discharge = Discharge(at: at, on: desk.agency.zone.date(of: at))
        try desk.act(as: "sam") {
            _ = try $0.closeEpisode(number, discharge, reason: "family moved", overrideReason: "left")
        }
        let closed = try timeline(desk, number)
        #expect(closed.asOfDay == nil)
        #expect(closed.course.map { "\($0.day) \($0.mark)" } == ["0 call", "1 discharge"])
    }

    @Test func `the drawing shows as overdue what the clocks of the case do, in a caseload of its own`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let session = try caseload.open(at: nil)
        var query = WorklistQuery()
        query.asOf = caseload.now
        let (list, _) = try session.worklist("overdue", query)
        let overdue = Dictionary(grouping: list.rows, by: \.caseNumber)
        #expect(overdue.count > 10)
        for (number, rows) in overdue {
            let shown = try session.caseView(number.description, asOf: caseload.now).timeline
            #expect(try marks(shown, "Due").count { $0.hasSuffix(" overdue") } == rows.count, "\(number.description)")
            #expect(shown.lanes.flatMap(\.marks).allSatisfy { shown.days.contains($0.day) }, "\(number.description)")
        }
    }
}
