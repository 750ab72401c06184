import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// Pitfalls 1, 2, 28: one meaning of overdue, one local day, one status at each boundary.
struct OneOverdueTests {
    /// What is overdue in each place that shows it.
    private struct Places {
        var list: [String] = []
        var today: [String] = []
        var shown: [String] = []
        var summary: [String: Int] = [:]
        var episodes: [String: Int] = [:]
        var counted = 0
    }

    private func places(_ session: borrowing Session, asOf: Instant, showing most: Int = .max) throws -> Places {
        var places = Places()
        var query = WorklistQuery()
        query.asOf = asOf
        let (list, directory) = try session.worklist("overdue", query)
        places.list = list.rows.map { "\($0.caseNumber.description) \($0.deadline.kind.rawValue) \($0.about)" }
        if case .int(let most)? = list.counts(by: .kind, directory).rows.first?[1] {
            #expect(most <= places.list.count)
        }
        places.counted =
            Worklist.Grouping.allCases.map { grouping in
                list.counts(by: grouping, directory).rows.reduce(0) {
                    if case .int(let n) = $1[1] { $0 + n } else { $0 }
                }
            }.reduce(0, +) / Worklist.Grouping.allCases.count
        query.withinDays = 7
        let today = try session.worklist("today", query).0
        places.today = today.rows.filter { today.urgency($0) == .overdue }
            .map { "\($0.caseNumber.description) \($0.deadline.kind.rawValue) \($0.about)" }
        try session.exportSummary(in: Period(), asOf: asOf) { row in
            if case .code(let number) = row[0], case .int(let count)? = row.last, count > 0 {
                places.summary[number] = count
            }
        }
        var episodes = EpisodeQuery()
        episodes.asOf = asOf
        for row in try session.episodeList(episodes).rows {
            if case .code(let number) = row[0], case .int(let count)? = row.last, count > 0 {
                places.episodes[number] = count
            }
        }
        for number in Set(list.rows.map(\.caseNumber)).sorted().prefix(most) {
            places.shown += try shown(session, number.description, asOf: asOf)
        }
        return places
    }

    private func shown(_ session: borrowing Session, _ number: String, asOf: Instant) throws -> [String] {
        let detail = try session.showCase(number, asOf: asOf)
        guard case .listing(let deadlines)? = detail.sections.first(where: { $0.key == "deadlines" })?.content else {
            Issue.record("a case shows its clocks")
            return []
        }
        return deadlines.rows.compactMap { row in
            guard case .code(let kind) = row[0], row[3] == .code("overdue") else { return nil }
            let about = if case .text(let text) = row[1] { text } else { "" }
            return "\(number) \(kind) \(about)"
        }
    }

    private func expectAgreement(_ session: borrowing Session, asOf: Instant, showing most: Int = .max) throws -> Places
    {
        let places = try places(session, asOf: asOf, showing: most)
        let at = session.zone.rfc3339(asOf)
        #expect(places.today == places.list, "\(at)")
        #expect(places.counted == places.list.count, "\(at)")
        var byCase: [String: Int] = [:]
        for row in places.list { byCase[String(row.prefix(10)), default: 0] += 1 }
        #expect(places.summary == byCase, "\(at)")
        #expect(places.episodes == byCase, "\(at)")
        let numbers = Set(byCase.keys.sorted().prefix(most))
        #expect(
            places.shown.sorted() == places.list.filter { numbers.contains(String($0.prefix(10))) }.sorted(),
            "\(at)"
        )
        return places
    }

    @Test(arguments: [nil, "2026-10-30", "2026-11-01", "2026-11-17"])
    func
        `pitfall 1 list, today, count, case, episode list and summary show one set at midnight, noon and the last minute`(
            day: String?
        ) throws
    {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let start = caseload.zone.startOfDay(try #require(CivilDate(day ?? "2026-11-20")))
        for seconds in [0, 12 * 3600, 86_340, 86_399] as [Int64] {
            let instant = start.adding(seconds: seconds)
            // Today is read from what is stored, an earlier day is computed: both have to agree with themselves.
            let session = try caseload.open(at: day == nil ? instant.adding(seconds: 86_400) : nil)
            let asOf = day == nil ? instant.adding(seconds: 86_400) : instant
            #expect(try expectAgreement(session, asOf: asOf, showing: 12).list.count > 20)
        }
    }

    @Test func `a visit due today is due all day and overdue at midnight, everywhere`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("One")
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-13T20:30")) }
        let at = try desk.instant("2026-11-13T21:00")
        try desk.act { _ = try $0.activatePlan(number, desk.plan(review: "2026-12-01"), reason: "first plan", at: at) }
        for (time, isOverdue) in [
            ("2026-11-20T00:00", false), ("2026-11-20T12:00", false), ("2026-11-20T23:59:59", false),
            ("2026-11-21T00:00", true),
        ] {
            let instant = try desk.instant(time)
            let session = try desk.agency.open(as: "casey", at: instant)
            let places = try expectAgreement(session, asOf: instant)
            #expect(places.list == (isOverdue ? ["\(number) next-contact "] : []), "\(time)")
            var query = WorklistQuery()
            query.withinDays = 0
            let (list, _) = try session.worklist("today", query)
            #expect(list.rows.map { list.urgency($0) } == [isOverdue ? .overdue : .today], "\(time)")
            #expect(list.rows.map { list.daysOverdue($0) } == [isOverdue ? 1 : 0], "\(time)")
        }
    }

    @Test func `pitfall 2 an evening visit is today's, though it is tomorrow in Greenwich, and tomorrow's is refused`()
        throws
    {
        let desk = try CrisisDesk(now: "2026-09-10T20:30")
        let number = try desk.open("One", call: "2026-09-08T10:00")
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-09-10T20:30")) }
        #expect(try desk.openDeadlines(number).contains("next-contact 2026-09-17T23:59"))
        try desk.expectRefusal(.inTheFuture) { _ = try $0.logVisit(number, desk.visit("2026-09-11T00:00")) }
        // Discharged yesterday is possible, today is not: today ends at midnight here.
        try desk.expectRefusal(.inTheFuture, as: "sam") { session in
            let today = Discharge(on: try #require(CivilDate("2026-09-10")), in: session.zone)
            _ = try session.closeEpisode(number, today, reason: "family moved", overrideReason: "left")
        }
        let yesterday = Discharge(on: try #require(CivilDate("2026-09-09")), in: desk.agency.zone)
        try desk.expectRefusal(.episodeClosed, as: "sam") {
            _ = try $0.closeEpisode(number, yesterday, reason: "family moved", overrideReason: "left")
        }
    }

    @Test func `pitfall 28 at each boundary a deadline has exactly one status`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("One", call: "2026-11-10T10:00", isArrived: false)
        let due = try desk.instant("2026-11-10T10:45")
        for (shift, status) in [(-1, "open"), (0, "open"), (1, "overdue")] as [(Int64, String)] {
            let instant = due.adding(seconds: shift)
            let detail = try desk.act { try $0.showCase(number, asOf: instant) }
            guard case .listing(let rows)? = detail.sections.first?.content else {
                Issue.record("a case shows its clocks")
                continue
            }
            #expect(rows.rows.map { $0[3] } == [.code(status)], "\(shift) s")
        }
        // Arrived in the last second it is met, one second later it is met late; never both, never neither.
        for (shift, status) in [(0, "met"), (1, "met late")] as [(Int64, String)] {
            let other = try desk.open("Two", isArrived: false)
            try desk.act { _ = try $0.recordArrival(other, at: due.adding(seconds: shift)) }
            guard case .listing(let rows)? = try desk.agency.open().showCase(other, asOf: nil).sections.first?.content
            else {
                Issue.record("a case shows its clocks")
                continue
            }
            #expect(rows.rows.filter { $0[0] == .code("arrival") }.map { $0[3] } == [.code(status)])
        }
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        for time in ["2026-11-20T00:00", "2026-11-20T23:59:59", "2026-11-21T00:00"] {
            let instant = try desk.instant(time)
            let session = try caseload.open(at: max(instant, caseload.now))
            var query = WorklistQuery()
            query.asOf = instant
            query.withinDays = 3
            let list = try session.worklist("today", query).0
            for row in list.rows {
                let days = list.daysOverdue(row)
                let isPast = row.deadline.dueAt < instant
                switch list.urgency(row) {
                case .overdue: #expect(isPast && days >= 0)
                case .today: #expect(!isPast && days == 0)
                case .soon: #expect(!isPast && (-3..<0).contains(days))
                }
            }
        }
    }
}
