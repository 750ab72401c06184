import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// What belongs to a period: an episode to that of its call, every other row to that of its episode.
struct ExportPeriodTests {
    private let desk: CrisisDesk
    private let june: String
    private let july: String

    init() throws {
        desk = try CrisisDesk(now: "2026-08-20T09:00")
        june = try desk.open("June", call: "2026-06-30T23:59")
        july = try desk.open("July", call: "2026-07-01T00:00")
        for number in [june, july] {
            try desk.act { _ = try $0.logVisit(number, desk.visit("2026-07-02T10:00")) }
            let at = try desk.instant("2026-07-03T10:00")
            try desk.act {
                _ = try $0.activatePlan(number, desk.plan(review: "2026-07-10"), reason: "first plan", at: at)
            }
            let steps = try desk.steps([.identified, .offered, .sent], from: "2026-07-04T10:00")
            try desk.act {
                _ = try $0.addReferral(number, service: "outpatient", agency: "x", warmHandoff: nil, steps: steps)
            }
        }
    }

    private var fiscalYear2026: Period { Period(from: CivilDate("2025-07-01"), to: CivilDate("2026-06-30")) }
    private var fiscalYear2027: Period { Period(from: CivilDate("2026-07-01"), to: CivilDate("2027-06-30")) }

    /// The case that a row of each kind is of.
    private func cases(in period: Period) throws -> [String: [Cell]] {
        var found: [String: [Cell]] = [:]
        let session = try desk.agency.open()
        for file in CaseloadFile.allCases {
            try session.exportCaseload(file, in: period) { found[file.name, default: []].append($0[0]) }
        }
        try session.exportSummary(in: period, asOf: nil) { found["summary", default: []].append($0[0]) }
        return found
    }

    @Test func `pitfall 26 an episode across 30 June and 1 July is in the year of its call, with all its rows`() throws
    {
        for (period, number) in [(fiscalYear2026, june), (fiscalYear2027, july)] {
            let found = try cases(in: period)
            #expect(Set(found.keys) == ["summary", "episodes.csv", "visits.csv", "plans.csv", "referrals.csv"])
            #expect(found.allSatisfy { $0.value == [$0.key == "summary" ? .code(number) : .text(number)] }, "\(found)")
        }
    }

    @Test func `periods that touch add up to the whole, and none has a row of another`() throws {
        let whole = try cases(in: Period())
        let parts = try [fiscalYear2026, fiscalYear2027].map(cases)
        for (file, rows) in whole {
            #expect(parts.flatMap { $0[file] ?? [] } == rows, "\(file)")
        }
        // The visit's own month has no call, and so no row.
        let august = Period(from: CivilDate("2026-08-01"), to: CivilDate("2026-08-31"))
        #expect(try cases(in: august).isEmpty)
        let afterCalls = Period(from: CivilDate("2026-07-02"), to: CivilDate("2026-07-31"))
        #expect(try cases(in: afterCalls).isEmpty)
    }

    @Test func `both days of a period are in it, and a voided case is in none`() throws {
        let day = Period(from: CivilDate("2026-07-01"), to: CivilDate("2026-07-01"))
        #expect(try cases(in: day)["summary"] == [.code(july)])
        try desk.act(as: "sam") { _ = try $0.voidEpisode(july, reason: "test") }
        #expect(try cases(in: day).isEmpty)
    }
}
