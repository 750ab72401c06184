import Foundation
import Testing

/// `followup visit log` and `visit void`.
struct VisitTests {
    private func log(_ agency: TestAgency, _ number: String, _ extra: [String]) throws -> CommandLineTool.Result {
        try agency.run(["visit", "log", number, "--mode", "phone", "--with", "youth"] + extra)
    }

    @Test func `a logged visit says in one line what is due next`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let result = try log(agency, number, ["--at", "2025-06-03T10:00"])
        #expect(result.status == 0)
        #expect(
            result.stdout.hasPrefix(
                "2025-00001  visit logged  next: safety-plan by 2025-06-09 23:59 (overdue)  visit: "
            )
        )
        #expect(result.stdout.split(separator: "\n").count == 1)
        #expect(result.stderr.isEmpty)
    }

    @Test func `as CSV and JSON the same is a record`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let json = try log(agency, number, ["--at", "2025-06-03T10:00", "--format", "json"])
        let object = try #require(json.object)
        #expect(object["case_number"] as? String == number)
        #expect(object["done"] as? String == "visit logged")
        #expect(object["next_kind"] as? String == "safety-plan")
        #expect(object["next_due_at"] as? String == "2025-06-09T23:59:59-04:00")
        #expect(object["window_ends_on"] as? String == "2025-07-14")
        #expect(object["dry_run"] as? Bool == false)
        let csv = try log(agency, number, ["--at", "2025-06-03T10:00", "--format", "csv"])
        let lines = csv.stdout.split(whereSeparator: \.isNewline)
        #expect(lines.first == "case_number,done,next_kind,next_due_at,overdue,window_ends_on,visit_id,dry_run")
        #expect(lines.last?.hasPrefix("2025-00001,visit logged,safety-plan,2025-06-09T23:59:59-04:00,") == true)
    }

    @Test func `the last minute of day 42 is inside the window, the first of day 43 is refused`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        for (time, status) in [
            ("2025-07-13T12:00", 0), ("2025-07-14T23:59:59", 0), ("2025-07-15T00:00", 1), ("2025-07-16T09:00", 1),
        ] {
            let result = try log(agency, number, ["--at", time])
            #expect(result.status == status, "\(time)")
            if status == 1 {
                #expect(result.stderr.hasPrefix("refused [window-closed]: "))
                #expect(result.stderr.contains("2025-07-14"))
            }
        }
        #expect(try StoredRows.counts(agency)["visit"] == 2)
    }

    @Test func `a visit before the call is refused, one before the arrival meets nothing`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let early = try log(agency, number, ["--at", "2025-06-02T11:29:59"])
        #expect(early.stderr.hasPrefix("refused [before-episode]: "))
        let before = try StoredRows.openDeadlines(agency, of: number)
        #expect(try log(agency, number, ["--at", "2025-06-02T11:30"]).status == 0)
        #expect(try StoredRows.openDeadlines(agency, of: number) == before)
    }

    @Test func `an attempt meets nothing, a contact does, and voiding it opens the deadline again`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let before = try StoredRows.openDeadlines(agency, of: number)
        #expect(before.contains { $0.hasPrefix("first-contact ") })
        for result in ["no answer", "no-show", "cancelled by family", "cancelled by provider", "unable to locate"] {
            _ = try agency.visit(number, at: "2025-06-03T09:00", ["--result", result])
        }
        #expect(try StoredRows.openDeadlines(agency, of: number) == before)
        let id = try agency.visit(number, at: "2025-06-03T10:00")
        #expect(try StoredRows.openDeadlines(agency, of: number).allSatisfy { !$0.hasPrefix("first-contact ") })
        let voided = try agency.run(["visit", "void", number, id, "--reason", "wrong case"])
        #expect(voided.status == 0, "\(voided.stderr)")
        #expect(try StoredRows.openDeadlines(agency, of: number) == before)
        let again = try agency.run(["visit", "void", number, id, "--reason", "wrong case"])
        #expect(again.status == 66)
    }

    @Test func `a visit of another case cannot be voided through this one`() throws {
        let agency = try TestAgency()
        let first = try agency.arrivedCase()
        let second = try agency.openCase()
        let id = try agency.visit(first, at: "2025-06-03T10:00")
        #expect(try agency.run(["visit", "void", second, id, "--reason", "x"]).status == 66)
        #expect(try StoredRows.counts(agency)["visit"] == 1)
    }

    @Test func `a promised date lies inside the window and belongs to a contact`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let at = ["--at", "2025-06-03T10:00"]
        #expect(try log(agency, number, at + ["--next", "2025-07-14"]).status == 0)
        for day in ["2025-07-15", "2025-06-02"] {
            let result = try log(agency, number, at + ["--next", day])
            #expect(result.stderr.hasPrefix("refused [promise-outside-window]: "), "\(day)")
        }
        let attempt = try log(agency, number, at + ["--result", "no answer", "--next", "2025-06-05"])
        #expect(attempt.stderr.hasPrefix("refused [promise-without-contact]: "))
    }

    @Test func `a caregiver in minor-consented care takes a reason`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase(extra: ["--minor-consented"])
        let words = ["visit", "log", number, "--at", "2025-06-03T10:00", "--mode", "phone", "--with"]
        for metWith in ["caregiver", "both"] {
            let refused = try agency.run(words + [metWith])
            #expect(refused.status == 1)
            #expect(refused.stderr.hasPrefix("refused [minor-consented]: "))
            #expect(try agency.run(words + [metWith, "--override", " "]).status == 1)
            #expect(try agency.run(words + [metWith, "--override", "the youth asked for it"]).status == 0)
        }
        #expect(try agency.run(words + ["youth"]).status == 0)
    }

    @Test func `a colleague's visit is logged under the colleague`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        #expect(try log(agency, number, ["--at", "2025-06-03T10:00", "--by", "sue"]).status == 0)
        #expect(try log(agency, number, ["--at", "2025-06-03T10:00", "--by", "nobody"]).status == 66)
    }

    @Test func `two visits at one second are both kept`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let ids = [
            try agency.visit(number, at: "2025-06-03T10:00:00"),
            try agency.visit(number, at: "2025-06-03T10:00:00", with: "caregiver"),
        ]
        #expect(Set(ids).count == 2)
        #expect(try StoredRows.counts(agency)["visit"] == 2)
    }
}
