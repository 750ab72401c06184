import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

@testable import CaseloadOracle

/// `caseload` and `changes`: what each person has in hand, and what happened since.
struct WorklistCaseloadTests {
    private func load(_ desk: CrisisDesk, of login: String, as reader: String = "sue", at time: String? = nil) throws
        -> [Cell]?
    {
        let listing = try desk.act(as: reader, at: time) { try $0.clinicianCaseload(CaseloadQuery()) }
        return listing.rows.first { $0[0] == .code(login) }.map { Array($0.dropFirst()) }
    }

    private func counts(_ numbers: Int...) -> [Cell] { numbers.map(Cell.int) }

    @Test func `a caseload counts open cases, what is overdue in them and the contacts since Monday`() throws {
        // A Friday; the week began on Monday, 16 November.
        let desk = try CrisisDesk(now: "2026-11-20T09:00")
        let first = try desk.open("One", call: "2026-11-13T10:00")
        let second = try desk.open("Two", call: "2026-11-19T10:00")
        for at in ["2026-11-15T23:59:59", "2026-11-16T00:00", "2026-11-18T10:00"] {
            try desk.act { _ = try $0.logVisit(first, desk.visit(at)) }
        }
        try desk.act { _ = try $0.logVisit(second, desk.visit("2026-11-20T08:00", .noAnswer)) }
        try desk.act { _ = try $0.logVisit(first, desk.visit("2026-11-19T10:00", with: .school)) }
        // One of them is kim's, in a case of casey's.
        try desk.act(as: "kim") { _ = try $0.logVisit(first, desk.visit("2026-11-19T11:00")) }
        // Open, overdue, cases overdue, closing soon, no contact, contacts, attempts.
        #expect(try load(desk, of: "casey") == counts(2, 0, 0, 0, 1, 2, 1))
        #expect(try load(desk, of: "kim") == counts(0, 0, 0, 0, 0, 1, 0))
        // Two days later first contact and plan are overdue in the one case, the plan alone in the other.
        #expect(try load(desk, of: "casey", at: "2026-11-21T11:00")?.prefix(3) == counts(2, 2, 2)[...])
        // Monday again: nothing yet this week.
        #expect(try load(desk, of: "casey", at: "2026-11-23T00:00")?.suffix(2) == counts(0, 0)[...])
        // dana, at another site, has nothing and is listed, but for her own people alone.
        #expect(try load(desk, of: "dana") == counts(0, 0, 0, 0, 0, 0, 0))
        #expect(try load(desk, of: "dana", as: "sam") == nil)
        #expect(try load(desk, of: "casey", as: "dana") == nil)
        try desk.expectRefusal(.notPermitted, as: "ana") { _ = try $0.clinicianCaseload(CaseloadQuery()) }
    }

    @Test func `the caseloads add up to the lists`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let agency = try TestAgency(copyOf: caseload.path, now: caseload.now)
        let rows = try agency.open().clinicianCaseload(CaseloadQuery()).rows
        func sum(_ column: Int) -> Int {
            rows.reduce(0) { sum, row in
                guard case .int(let count) = row[column] else { return sum }
                return sum + count
            }
        }
        let overdue = try agency.open().worklist("overdue", WorklistQuery()).0.rows
        #expect(sum(1) == (try agency.open().episodeList(EpisodeQuery()).rows.count))
        #expect(sum(2) == overdue.count)
        #expect(sum(3) == Set(overdue.map(\.episode)).count)
        for (column, trait) in [(4, EpisodeTrait.closingSoon(days: 7)), (5, .noContact)] {
            var query = EpisodeQuery()
            query.traits = [trait]
            #expect(sum(column) == (try agency.open().episodeList(query).rows.count))
        }
        let monday = try agency.instant("2026-11-16T00:00")
        var (contacts, attempts) = (0, 0)
        for episode in caseload.naive.episodes where episode.dischargedOn == nil {
            let response = episode.isPhoneOnly ? episode.callAt : episode.arrivedAt
            for visit in episode.visits where visit.at >= monday.seconds && visit.isWithFamily {
                if visit.isCompleted, let response, visit.at >= response { contacts += 1 }
                if !visit.isCompleted { attempts += 1 }
            }
        }
        #expect((sum(6), sum(7)) == (contacts, attempts))
        #expect(contacts > 0 && attempts > 0)
    }
}
