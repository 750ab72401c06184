import CaseloadOracle
import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// Pitfalls 10, 11, 12, 26: time passes while no process runs, and years end.
struct TimePassesTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    @Test func `pitfall 10 what is four hundred days late is still listed, with its days`() throws {
        let number = try desk.open("One")
        let session = try desk.agency.open(as: "casey", at: desk.instant("2028-01-26T23:59:59"))
        let list = try session.worklist("overdue", WorklistQuery()).0
        #expect(list.rows.map(\.deadline.kind) == [.firstContact, .safetyPlan, .close])
        #expect(list.rows.map { list.daysOverdue($0) } == [440, 435, 400])
        #expect(list.rows.allSatisfy { $0.caseNumber.description == number })
    }

    @Test func `pitfall 11 silence closes nothing, closing ends everything with its reason`() throws {
        let (open, closed) = (try desk.open("One"), try desk.open("Two"))
        let discharge = Discharge(on: try #require(CivilDate("2026-11-19")), in: desk.agency.zone)
        try desk.act(as: "sam") {
            _ = try $0.closeEpisode(closed, discharge, reason: "family moved", overrideReason: "left the state")
        }
        let before = try desk.deadlines(open)
        let session = try desk.agency.open(as: "casey", at: desk.instant("2036-11-20T09:00"))
        let list = try session.worklist("overdue", WorklistQuery()).0.rows
        #expect(Set(list.map(\.caseNumber.description)) == [open])
        #expect(try session.episodeList(EpisodeQuery()).rows.map { $0[0] } == [.code(open)])
        #expect(try session.totals().open == 1)
        #expect(try desk.deadlines(open) == before)
        #expect(try desk.record(open).discharge == nil)
        #expect(
            try desk.deadlines(closed) == [
                "arrival 2026-11-10T10:45 met", "close 2026-12-22T23:59 met",
                "first-contact 2026-11-12T10:40 discharged", "safety-plan 2026-11-17T23:59 discharged",
            ]
        )
        // As of a day before the discharge the case is open, and owes what it owed.
        var query = WorklistQuery()
        query.asOf = try desk.instant("2026-11-19T23:59:59")
        #expect(try session.worklist("overdue", query).0.rows.filter { $0.caseNumber.description == closed }.count == 2)
        query.asOf = try desk.instant("2026-11-20T00:00")
        #expect(try session.worklist("overdue", query).0.rows.allSatisfy { $0.caseNumber.description == open })
    }

    @Test func `pitfall 12 after ten days without a process the first list is right`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let agency = try TestAgency(copyOf: caseload.path, now: caseload.now)
        // A copy that nothing has opened since the import; the first thing that it is asked is the list.
        let now = try agency.instant("2026-11-30T09:00")
        let list = try agency.open(at: now).worklist("overdue", WorklistQuery()).0
        let expected = caseload.naive.overdue(asOf: now.seconds)
        #expect(list.rows.count == expected.count)
        let due = Set(
            list.rows.map { "\(caseload.refs[$0.caseNumber] ?? "") \($0.deadline.kind.rawValue) \($0.about)" }
        )
        #expect(due == Set(expected.map { "\($0.caseRef) \($0.kind) \($0.about)" }))
        #expect(expected.count > caseload.naive.overdue(asOf: caseload.now.seconds).count)
    }

    @Test func `pitfall 26 a call in the last second of June belongs to the old year, one at midnight to the new`()
        throws
    {
        let last = try desk.open("Old", call: "2026-06-30T23:59:59", isArrived: false)
        let first = try desk.open("New", call: "2026-07-01T00:00", isArrived: false)
        // It arrived in the new year; its call decides.
        try desk.act { _ = try $0.recordArrival(last, at: desk.instant("2026-07-01T00:30")) }
        let old = Period(from: CivilDate("2025-07-01"), to: CivilDate("2026-06-30"))
        let new = Period(from: CivilDate("2026-07-01"), to: CivilDate("2027-06-30"))
        let session = try desk.agency.open()
        for (period, number) in [(old, last), (new, first)] {
            #expect(try session.totals(in: period).episodes == 1)
            var rows: [Cell] = []
            try session.exportSummary(in: period, asOf: nil) { rows.append($0[0]) }
            #expect(rows == [.code(number)])
            var refs: [Cell] = []
            try session.exportCaseload(.episodes, in: period) { refs.append($0[0]) }
            #expect(refs == [.text(number)])
        }
        #expect(try session.totals(in: Period()).episodes == 2)
        // A month and a single day are cut at the same midnight.
        let june = Period(from: CivilDate("2026-06-30"), to: CivilDate("2026-06-30"))
        #expect(try session.totals(in: june).episodes == 1)
        #expect(try session.totals(in: Period(from: CivilDate("2026-07-02"))).episodes == 0)
        #expect(try session.totals(in: Period(to: CivilDate("2026-06-29"))).episodes == 0)
    }
}
