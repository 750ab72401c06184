import CSV
import CaseloadOracle
import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// The pitfalls of other systems where they touch reports.
struct ReportPitfallTests {
    @Test func `pitfall 3 a call at 20:30 in New York belongs to that day and month, whatever UTC says`() throws {
        let agency = try TestAgency()
        var files = CaseloadFiles()
        files.episode(
            "A",
            [
                "call_received_at": "2026-09-30T20:30:00-04:00", "transferred_at": "2026-09-30T20:33:00-04:00",
                "dispatched_at": "2026-09-30T20:40:00-04:00", "arrived_at": "2026-09-30T21:00:00-04:00",
            ]
        )
        try agency.take(files)
        let figures = try agency.figures(by: .month)
        #expect(parts(figures["episodes//2026-09"]) == "1")
        #expect(parts(figures["episodes//2026-10"]) == "0")
    }

    @Test func `pitfall 15 a case that goes to a colleague takes its days overdue along, and is counted once`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("One")
        let before = try desk.agency.figures()
        let days = try #require(before["overdue-days//all"]?.numerator)
        #expect(days > 0)
        #expect(before["overdue-days-by-clinician/casey/all"]?.numerator == days)
        try desk.act(as: "sam") { _ = try $0.reassignEpisodes(.named([number]), to: "kim") }
        let after = try desk.agency.figures()
        #expect(after["overdue-days-by-clinician/kim/all"]?.numerator == days)
        #expect((after["overdue-days-by-clinician/casey/all"]?.numerator ?? 0) == 0)
        #expect(parts(after["episodes//all"]) == "1")
    }

    @Test func `pitfall 16 and 17 a site named like a formula with a comma comes out as one cell`() throws {
        let agency = try TestAgency()
        var files = CaseloadFiles()
        files.episode("A", ["site": "=1+1, \"é\""])
        try agency.take(files)
        var request = ReportRequest(.fiscalYear(2027))
        request.grouping = .site
        let report = try agency.open().measureReport(request)
        let bytes = try csvBytes(
            MeasureReport.columns.map(\.key),
            report.listing.rows,
            zone: agency.zone
        )
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("episodes,,FY2027,\"'=1+1, \"\"é\"\"\",1,,1,count"))
        #expect(!text.contains(",=1+1"))
    }

    @Test func `pitfall 18 the long form has every figure that the page and the tables show`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        var request = ReportRequest(.fiscalYear(2027))
        request.grouping = .site
        let report = try caseload.open().measureReport(request)
        let figures = report.figuresByName(of: report.periods[0])
        let page = ReportPage(report).html
        for (name, figure) in figures where name.hasPrefix("mobility//") || name.hasPrefix("response-in-time//") {
            let tenths = try #require(figure.tenths)
            #expect(page.contains(">\(Cell.decimal(tenths: tenths)) "), "\(name)")
        }
        let sites = report.periods[0].names
        let sum = sites.reduce(0) { $0 + (figures["episodes//\($1)"]?.numerator ?? 0) }
        #expect(sum == figures["episodes//all"]?.numerator)
        #expect(report.listing.rows.count % ((1 + sites.count) * 2) == 0)
    }

    @Test func `pitfall 19 three episodes of a child are three episodes and one child`() throws {
        let desk = try CrisisDesk()
        for _ in 0..<3 { _ = try desk.open("One") }
        let figures = try desk.agency.figures()
        #expect(parts(figures["episodes//all"]) == "3")
    }

    @Test func `pitfall 20 who sees one site gets the same figures for it as who sees all`() throws {
        let desk = try CrisisDesk()
        _ = try desk.open("One")
        let all = try desk.agency.figures(by: .site, as: "ana")
        let own = try desk.agency.figures(by: .site, as: "sam")
        let others = try desk.agency.figures(by: .site, as: "dana")
        #expect(own["episodes//Hartford"] == all["episodes//Hartford"])
        #expect(own["mobility//Hartford"] == all["mobility//Hartford"])
        #expect(parts(others["episodes//all"]) == "0")
    }

    @Test func `pitfall 26 an episode across 30 June belongs to the year of its call`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("One", call: "2026-06-30T23:50")
        try desk.act(as: "admin", at: "2026-07-03T10:00") { session in
            let discharge = Discharge(on: try #require(CivilDate("2026-07-02")), in: desk.agency.zone)
            _ = try session.closeEpisode(
                number,
                discharge,
                reason: "met treatment goals",
                overrideReason: "nothing was left to do"
            )
        }
        let ended = try desk.agency.figures(.fiscalYear(2026))
        let begun = try desk.agency.figures(.fiscalYear(2027))
        #expect(parts(ended["episodes//all"]) == "1")
        #expect(parts(ended["discharge-reason/met treatment goals/all"]) == "1/1")
        #expect(parts(ended["closing-overrides//all"]) == "1/1")
        #expect(ended["stay-face-to-face/median/all"]?.tenths == 20)
        #expect(parts(begun["episodes//all"]) == "0")
        // At the end of the fiscal year the case was open, and at midnight the team had not arrived.
        let then = try desk.agency.figures(.fiscalYear(2026), asOf: "2026-06-30T23:59:59")
        #expect(parts(then["episodes//all"]) == "1")
        #expect(parts(then["response-in-time//all"]) == "0/0")
        #expect(parts(then["closing-overrides//all"]) == "0/0")
    }

    @Test func `pitfall 27 what is voided counts in no figure`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("One")
        let empty = try desk.agency.figures()
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-11T15:00")) }
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-11T16:00", .noAnswer)) }
        let full = try desk.agency.figures()
        #expect(parts(full["contacts-per-episode//all"]) == "1/1")
        #expect(parts(full["attempts-per-episode//all"]) == "1/1")
        #expect(parts(full["first-contact-in-time//all"]) == "1/1")
        #expect(parts(full["episode-type/stabilization plus follow-up/all"]) == "1/1")
        for visit in try desk.visitIDs(number) {
            try desk.act { _ = try $0.voidVisit(number, visit, reason: "wrong case") }
        }
        #expect(try desk.agency.figures() == empty)
        try desk.act(as: "sam") { _ = try $0.voidEpisode(number, reason: "entered twice") }
        let none = try desk.agency.figures()
        #expect(none.values.allSatisfy { ($0.numerator ?? 0) == 0 && ($0.denominator ?? 0) == 0 })
    }
}

extension CrisisDesk {
    fileprivate func visitIDs(_ number: String) throws -> [RecordID<Visit>] {
        let episode = try record(number).id
        return try agency.read { db in try VisitStore.visits(of: episode, in: db).map(\.id) }
    }
}
