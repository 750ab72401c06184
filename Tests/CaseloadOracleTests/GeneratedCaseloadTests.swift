import CaseloadOracle
import Foundation
import Testing

/// The generator's own totals, from its rows; the generator counts while it writes, the oracle while it reads.
@Suite struct GeneratedCaseloadTests {
    private static let inFlight = ["--from", "2026-07-01", "--to", "2026-11-20"]

    @Test(arguments: [
        ([], "2026-11-20T09:00:00-05:00"),
        (["--seed", "2", "--episodes", "3000", "--children", "2000"], "2026-11-20T09:00:00-05:00"),
        (
            inFlight + [
                "--episodes", "2400", "--children", "1900", "--as-of", "2026-11-20T09:00", "--messy", "--seed", "7",
            ],
            "2026-11-20T09:00:00-05:00"
        ),
        (
            inFlight + ["--episodes", "500", "--children", "400", "--as-of", "2026-10-31T23:59", "--seed", "11"],
            "2026-10-31T23:59:00-04:00"
        ),
        (
            ["--from", "2026-01-20", "--to", "2026-03-20", "--episodes", "300", "--children", "290"]
                + ["--as-of", "2026-03-08T00:00", "--messy"],
            "2026-03-08T00:00:00-05:00"
        ),
        (["--episodes", "1", "--children", "1"], "2026-11-20T09:00:00-05:00"),
    ])
    func `the totals of the rows are the generator's`(arguments: [String], asOf: String) throws {
        let directory = try GeneratedCaseload.make(arguments: arguments)
        let totals = try NaiveCaseload(directory: directory).totals(asOf: epoch(asOf))
        #expect(totals == (try NaiveTotals.expected(directory: directory)), "\(arguments)")
    }

    @Test func `the published year comes out as it was built`() throws {
        let caseload = try NaiveCaseload(directory: GeneratedCaseload.make())
        let totals = try caseload.totals(asOf: epoch("2026-11-20T09:00:00-05:00"))
        #expect(totals.episodes == 13_328 && totals.children == 10_090 && totals.open == 0)
        #expect(totals.mobilityPct == 92.1 && totals.within45Pct == 79.2)
        #expect(totals.schoolPct == 44.0 && totals.femalePct == 53.0)
        // All are closed at the end, and in the middle of the year some are late.
        #expect(try caseload.overdue(asOf: epoch("2026-11-20T09:00:00-05:00")).isEmpty)
        #expect(try !caseload.overdue(asOf: epoch("2022-03-13T12:00:00-04:00")).isEmpty)
    }

    @Test func `list, summary and open deadlines of a caseload in flight agree at every instant`() throws {
        let arguments = Self.inFlight + ["--episodes", "800", "--children", "700", "--seed", "3"]
        let caseload = try NaiveCaseload(directory: GeneratedCaseload.make(arguments: arguments))
        var kinds: Set<String> = []
        // The last of the instants is a mobile call itself: only then does an arrival clock surely run.
        let last = caseload.summary(asOf: try epoch("2026-11-10T00:00:00-05:00")).last {
            $0["response_mode"] == "mobile"
        }
        let call = try #require(last)["call_received_at"]
        for text in ["2026-09-15T00:00:00-04:00", "2026-11-01T12:00:00-05:00", "2026-11-20T23:59:59-05:00", call] {
            let asOf = try epoch(text)
            let overdue = caseload.overdue(asOf: asOf)
            let counted = Dictionary(grouping: overdue, by: \.caseRef).mapValues { String($0.count) }
            for row in caseload.summary(asOf: asOf) {
                #expect(row["overdue"] == counted[row.sourceRef] ?? "0")
            }
            #expect(caseload.open(asOf: asOf).filter(\.isOverdue) == overdue)
            #expect(overdue.allSatisfy { $0.dueAt < asOf && $0.daysOverdue >= 0 })
            kinds.formUnion(caseload.open(asOf: asOf).map(\.kind))
        }
        #expect(kinds.count == 9, "a clock never ran: \(kinds.sorted())")
    }

    @Test func `long stays are counted with a contact by the practice and with any visit by the generator`() throws {
        // Seed 2 has an episode discharged late whose visits were all attempts: the two definitions part there.
        let caseload = try NaiveCaseload(directory: GeneratedCaseload.make(arguments: ["--seed", "2"]))
        let asOf = try epoch("2026-11-20T09:00:00-05:00")
        #expect(caseload.totals(asOf: asOf).losOver45 == 464)
        #expect(caseload.longStaysWithContact(asOf: asOf) == 463)
    }

    @Test func `the same arguments give the same directory`() throws {
        let arguments = ["--episodes", "2", "--children", "2"]
        #expect(try GeneratedCaseload.make(arguments: arguments) == GeneratedCaseload.make(arguments: arguments))
    }

    @Test func `a missing interpreter and a failing generator say so`() throws {
        let missing = try #require(throws: NaiveError.self) {
            try GeneratedCaseload.make(arguments: ["--seed", "99"], python: "no-such-python")
        }
        #expect(missing.description.contains("no-such-python is not on the PATH"))
        #expect(throws: NaiveError.self) { try GeneratedCaseload.make(arguments: ["--no-such-option"]) }
    }
}
