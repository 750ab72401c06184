import CivilTime
import CrisisCare
import Foundation
import Reports
import SQLite
import Services
import Storage
import Synchronization
import Testing

/// Pitfalls 5, 13, 18, 19, 22, 25: what is written is kept once, and is counted for what it is.
struct CountingTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    @Test func `pitfall 5 forty people who write at once leave forty visits, or an error for each that is missing`()
        throws
    {
        let number = try desk.open("One")
        let (path, now) = (desk.agency.path, desk.agency.now)
        let before = try desk.agency.auditEntries().count
        let writers = 40
        let failures = Mutex<[String]>([])
        let group = DispatchGroup()
        for writer in 0..<writers {
            group.enter()
            // A thread and a connection each: a queue would let two of them run at a time.
            Thread.detachNewThread {
                defer { group.leave() }
                do {
                    let session = try Session.open(path, as: Identity(osUser: "tester", namedLogin: "casey"), now: now)
                    var visit = NewVisit(at: now, mode: .phone, result: .completed, with: .youth)
                    visit.note = "writer \(writer)"
                    _ = try session.logVisit(number, visit)
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
        }
        group.wait()
        let failed = failures.withLock { $0 }
        let notes = try desk.agency.read { db in try db.all("SELECT note FROM visit") { try $0.text(0) } }
        #expect(notes.count + failed.count == writers, "\(failed)")
        #expect(Set(notes).count == notes.count)
        // Five seconds of patience are enough for forty of them.
        #expect(failed == [])
        #expect(try desk.agency.auditEntries().count == before + notes.count)
        #expect(try desk.agency.auditBreak() == nil)
        #expect(try desk.agency.errors() == [])
    }

    @Test func `pitfall 13 three attempts leave the visit due and count as three`() throws {
        let number = try desk.open("One")
        let missed: [ContactResult] = [.noAnswer, .noShow, .unableToLocate]
        for (index, result) in missed.enumerated() {
            try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-1\(index + 1)T15:00", result)) }
        }
        #expect(try desk.openDeadlines(number).contains("first-contact 2026-11-12T10:40"))
        #expect(try desk.record(number).standing.attempts == 3)
        let row = try #require(try desk.agency.open().worklist("overdue", WorklistQuery()).0.rows.first)
        #expect(row.deadline.kind == .firstContact && row.standing.attempts == 3)
        // With a school it is neither; then a contact starts the count anew.
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-14T15:00", .completed, with: .school)) }
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-14T16:00", .noAnswer, with: .school)) }
        #expect(try desk.record(number).standing.attempts == 3)
        #expect(try desk.openDeadlines(number).contains("first-contact 2026-11-12T10:40"))
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-15T15:00")) }
        #expect(try desk.record(number).standing.attempts == 0)
        #expect(try desk.deadlines(number).contains("first-contact 2026-11-12T10:40 met"))
    }

    @Test func `pitfall 18 a file has every row, and its totals are those on the screen`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.inFlight)
        let session = try caseload.open()
        let totals = try session.totals()
        var summary: [[Cell]] = []
        try session.exportSummary(in: Period(), asOf: nil) { summary.append($0) }
        #expect(summary.count == totals.episodes && totals.episodes == caseload.refs.count)
        func sum(_ key: String) throws -> Int {
            let column = try #require(EpisodeSummary.columns.firstIndex { $0.key == key })
            return summary.reduce(0) { if case .int(let count) = $1[column] { $0 + count } else { $0 } }
        }
        #expect(try sum("contacts") == totals.contacts)
        #expect(try sum("referrals") == totals.referrals)
        #expect(try sum("referrals_connected") == totals.connected)
        #expect(try sum("overdue") == session.worklist("overdue", WorklistQuery()).0.rows.count)
        var rows: [CaseloadFile: Int] = [:]
        for file in CaseloadFile.allCases {
            try session.exportCaseload(file, in: Period()) { row in
                rows[file, default: 0] += 1
                #expect(row.count == file.columns.count)
            }
        }
        #expect(rows[.episodes] == totals.episodes)
        #expect(rows[.visits] == totals.visits)
        #expect(rows[.plans] == totals.plans)
        #expect(rows[.referrals] == totals.referrals)
        #expect(rows[.extensions] == totals.extensions)
    }

    @Test func `pitfall 19 three episodes of a child are listed once each, however long the list that is asked for`()
        throws
    {
        let one = try desk.open("One")
        let ref = try desk.agency.read { db in
            try #require(try ClientStore.find(CaseFinder.find(one, in: db).client, in: db)).clientRef
        }
        let two = try desk.open("One") { $0.person = .known(ref: ref) }
        let three = try desk.open("One", call: "2026-11-10T10:01") { $0.person = .known(ref: ref) }
        let session = try desk.agency.open(at: desk.instant("2027-03-01T09:00"))
        func key(_ row: OpenDeadline) -> String { "\(row.caseNumber.description) \(row.deadline.kind.rawValue)" }
        for asOf in [nil, try desk.instant("2027-02-01T09:00")] {
            var query = WorklistQuery()
            query.asOf = asOf
            let all = try session.worklist("overdue", query).0.rows.map(key)
            #expect(all.count == 9 && Set(all).count == 9)
            for number in [one, two, three] { #expect(all.filter { $0.hasPrefix(number) }.count == 3) }
            for limit in 0...10 {
                query.limit = limit
                #expect(try session.worklist("overdue", query).0.rows.map(key) == Array(all.prefix(limit)), "\(limit)")
            }
        }
        #expect(try session.episodeList(EpisodeQuery()).rows.map { $0[0] } == [one, two, three].map(Cell.code))
        #expect(try session.totals().children == 1 && session.totals().episodes == 3)
    }

    @Test func `pitfall 22 two visits in one second are both kept, and the later entry is the latest`() throws {
        let number = try desk.open("One")
        var first = try desk.visit("2026-11-11T15:00")
        first.promisedNext = CivilDate("2026-11-25")
        var second = first
        second.promisedNext = CivilDate("2026-11-15")
        // Entered in two seconds of the clock: within one, which was first is not known.
        try desk.act(at: "2026-11-20T09:00:00") { _ = try $0.logVisit(number, first) }
        try desk.act(at: "2026-11-20T09:00:01") { _ = try $0.logVisit(number, second) }
        #expect(try desk.agency.open().visitList(number).rows.count == 2)
        #expect(try desk.openDeadlines(number).contains("next-contact 2026-11-15T23:59"))
        #expect(try desk.deadlines(number).contains("next-contact 2026-11-25T23:59 met"))
        // Entered later still, it happened earlier: occurrence comes before entry.
        var third = try desk.visit("2026-11-11T14:59:59")
        third.promisedNext = CivilDate("2026-11-30")
        try desk.act(at: "2026-11-20T09:00:02") { _ = try $0.logVisit(number, third) }
        #expect(try desk.openDeadlines(number).contains("next-contact 2026-11-15T23:59"))
    }

    @Test func `pitfall 25 nothing at all is not complete`() throws {
        let number = try desk.open("One")
        // No visit, no plan, no referral: everything is open, and closing is refused.
        #expect(try desk.openDeadlines(number).count == 3)
        let at = try desk.instant("2026-11-12T10:00")
        let empty = [
            PlanContent(), PlanContent(entries: Dictionary(uniqueKeysWithValues: PlanStep.allCases.map { ($0, []) })),
            PlanContent(entries: Dictionary(uniqueKeysWithValues: PlanStep.allCases.map { ($0, [""]) })),
        ]
        for content in empty {
            try desk.expectRefusal(.planIncomplete) {
                _ = try $0.activatePlan(number, content, reason: "first plan", at: at)
            }
        }
        let yesterday = Discharge(on: try #require(CivilDate("2026-11-19")), in: desk.agency.zone)
        try desk.expectRefusal(.planMissing) {
            _ = try $0.closeEpisode(number, yesterday, reason: "met treatment goals")
        }
        let agency = try TestAgency()
        defer { withExtendedLifetime(agency) {} }
        let totals = try agency.open().totals()
        #expect(totals.episodes == 0)
        #expect(Rounding.percentTenths(totals.mobile, of: totals.episodes) == nil, "no episodes are no 100 %")
    }
}
