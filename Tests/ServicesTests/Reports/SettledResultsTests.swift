import CivilTime
import CrisisCare
import Reports
import SQLite
import Services
import Storage
import Testing

/// The stored results of settled episodes, from which reports count.
struct SettledResultsTests {
    private static let caseloads = [ImportedCaseload.smallInFlight, ImportedCaseload.messy, ImportedCaseload.year]

    @Test(arguments: caseloads)
    func `a report from stored results is the one from the histories, now and at an earlier instant`(
        arguments: [String]
    ) throws {
        let caseload = try ImportedCaseload.of(arguments)
        let agency = try TestAgency(copyOf: caseload.path, now: caseload.now)
        defer { withExtendedLifetime(agency) {} }
        var requests: [ReportRequest] = []
        for period in [ReportPeriod.fiscalYear(2022), .fiscalYear(2027), .quarter(4, ofFiscalYear: 2022)] {
            for asOf in ["2021-12-24T12:00", "2022-06-01T00:00", "2026-11-01T08:00", "2026-11-20T09:00"] {
                var request = ReportRequest(period)
                request.asOf = try agency.instant(asOf)
                request.grouping = .site
                requests.append(request)
            }
        }
        func rows(_ request: ReportRequest) throws -> [[Cell]] {
            let report = try agency.open().measureReport(request)
            return report.listing.rows + report.trendListing.rows
        }
        let stored = try requests.map(rows)
        try erase(agency)
        for (request, expected) in zip(requests, stored) {
            let computed = try rows(request)
            #expect(computed == expected, "\(request.period.name) as of \(request.asOf?.seconds ?? 0)")
        }
    }

    private func erase(_ agency: TestAgency) throws {
        let connection = try Database.open(agency.path, .readWrite, now: agency.now.seconds, programVersion: "test")
        try connection.write { db in
            let erased = try db.execute("UPDATE episode SET results = NULL WHERE results IS NOT NULL")
            #expect(erased > 0)
        }
    }

    @Test func `results are final from the last fact on, and no sooner`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.messy)
        let connection = try Database.open(caseload.path, .readOnly, now: caseload.now.seconds, programVersion: "test")
        try connection.read { db in
            let policies = try PolicyStore.book(in: db)
            let holidays = try HolidayStore.days(in: db)
            var settledCases = 0
            try EpisodeStore.forEach(calledFrom: .distantPast, before: .distantFuture, at: .all, in: db) { record in
                let day = caseload.zone.date(of: record.callReceivedAt)
                let policy = try #require(policies.policy(of: record.program, on: day))
                let practice = Practice(policy: policy, zone: caseload.zone, holidays: holidays)
                let history = try HistoryStore.history(of: record, in: db)
                let deadlines = history.deadlines(under: practice)
                let settled = SettledResults(of: history, deadlines, under: practice)
                #expect((settled == nil) == (record.discharge == nil))
                #expect(record.standing.results == settled.map(PackedResults.bytes))
                guard let settled else { return }
                settledCases += 1
                for seconds in [0, 1, 86_400 * 400] as [Int64] {
                    let asOf = settled.since.adding(seconds: seconds)
                    let past = try #require(history.asOf(asOf))
                    let results = EpisodeResults(of: past, past.deadlines(under: practice), under: practice, asOf: asOf)
                    #expect(results == settled.results)
                }
                // A second before there was less on record, or the case was open.
                let before = history.asOf(settled.since.adding(seconds: -1))
                #expect(before.map { $0.latest < settled.since } ?? true)
            }
            #expect(settledCases > 800)
        }
    }

    @Test func `an open case has no results, a closed one has, and a reopened one has none again`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("One")
        #expect(try desk.record(number).standing.results == nil)
        let discharge = Discharge(at: try desk.instant("2026-11-19T09:00"), on: try #require(CivilDate("2026-11-19")))
        try desk.act(as: "sam") {
            _ = try $0.closeEpisode(number, discharge, reason: "family moved", overrideReason: "moved away")
        }
        #expect(try desk.record(number).standing.results != nil)
        _ = try desk.act(as: "sam") { try $0.reopenEpisode(number, reason: "closed by mistake") }
        #expect(try desk.record(number).standing.results == nil)
    }

    @Test func `check finds results that are not what the rules give`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let agency = try TestAgency(copyOf: caseload.path, now: caseload.now)
        defer { withExtendedLifetime(agency) {} }
        #expect(try Inspection.run(agency.open()).filter { $0.severity == .error }.isEmpty)
        let connection = try Database.open(agency.path, .readWrite, now: agency.now.seconds, programVersion: "test")
        try connection.write { db in
            let changed = try db.execute(
                """
                UPDATE episode SET results = (SELECT max(results) FROM episode)
                WHERE id = (SELECT min(id) FROM episode WHERE results < (SELECT max(results) FROM episode))
                """
            )
            #expect(changed == 1)
        }
        let errors = try Inspection.run(agency.open()).filter { $0.severity == .error }
        #expect(errors.count == 1)
        #expect(errors.first?.finding.contains("the deadlines of 1 cases") == true)
    }
}
