import Foundation
import Testing

/// `followup visit amend`.
struct VisitAmendCommandTests {
    private func rows(_ agency: TestAgency, _ number: String) throws -> [[String: Any]] {
        let result = try agency.run(["visit", "list", number, "--format", "json"])
        return try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [[String: Any]] ?? []
    }

    @Test func `a visit is corrected in its place, and the list shows its new version`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let id = try agency.visit(number, at: "2025-06-03T10:00", ["--note", "first", "--next", "2025-06-06"])
        let amend = ["visit", "amend", number, id]
        let dry = try agency.run(amend + ["--result", "no answer", "--no-next", "--reason", "x", "--dry-run"])
        #expect(dry.status == 0 && dry.stderr.contains("dry run: nothing was kept"))
        #expect(try rows(agency, number).first?["result"] as? String == "completed")
        let result = try agency.run(
            amend + [
                "--at", "2025-06-03T11:00", "--mode", "in person", "--result", "no answer", "--with", "caregiver",
                "--minutes", "5", "--note", "-", "--by", "amy", "--no-next", "--reason", "wrong key", "--if-version",
                "1",
            ],
            stdin: "second\n"
        )
        #expect(result.status == 0, "\(result.stderr)")
        #expect(
            result.stdout.hasPrefix("\(number)  visit corrected  next: first-contact by 2025-06-04 12:00 (overdue)")
        )
        #expect(result.stdout.hasSuffix("visit: \(id)  version: 2\n"))
        let row = try #require(try rows(agency, number).first)
        #expect(row["visit_id"] as? String == id && row["version"] as? Int == 2 && row["next"] is NSNull)
        #expect(row["at"] as? String == "2025-06-03T11:00:00-04:00" && row["minutes"] as? Int == 5)
        #expect(row["with"] as? String == "caregiver" && row["clinician"] as? String == "amy")
        #expect(row["note"] as? String == "second" && row["mode"] as? String == "in person")
        let csv = try agency.run(["visit", "list", number, "--format", "csv"]).stdout
        #expect(csv.split(separator: "\r\n").first?.hasSuffix(",note,version") == true)
        let entry = try #require(
            try StoredRows.audit(agency).last { $0.action == "visit amend" && $0.outcome == "done" }
        )
        #expect(entry.detail.contains(#""note":["first","second"]"#) && entry.detail.contains("wrong key"))
        #expect(try agency.wrongRecords() == [])
    }

    @Test func `pitfall 23 the second of two who correct one visit is refused, and told which fields differ`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let id = try agency.visit(number, at: "2025-06-03T10:00")
        let amend = ["visit", "amend", number, id, "--reason", "x", "--if-version", "1"]
        #expect(try agency.run(amend + ["--minutes", "20"]).status == 0)
        let second = try agency.run(amend + ["--mode", "video"], as: "sue")
        #expect(second.status == 1)
        #expect(
            second.stderr
                == "refused [stale-edit]: somebody else changed the visit meanwhile: minutes. Look at it again "
                + "and repeat your change: followup visit list \(number)\n"
        )
        #expect(try rows(agency, number).first?["mode"] as? String == "phone")
    }

    @Test func `an amendment that lacks something, or that a rule refuses, changes nothing`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let id = try agency.visit(number, at: "2025-06-03T10:00")
        let amend = ["visit", "amend", number, id]
        for (words, login, status, said) in [
            (amend + ["--minutes", "5"], "bea", 64, "--reason"), (amend + ["--reason", "x"], "bea", 64, "nothing to"),
            (amend + ["--minutes", "1441", "--reason", "x"], "bea", 64, "1440"),
            (amend + ["--next", "2025-06-05", "--no-next", "--reason", "x"], "bea", 64, "exclude"),
            (amend + ["--mode", "pigeon", "--reason", "x"], "bea", 64, "mode"),
            (["visit", "amend", number, "--minutes", "5", "--reason", "x"], "bea", 64, "visit-id"),
            (["visit", "amend", number, "1", "--minutes", "5", "--reason", "x"], "bea", 66, "no such visit"),
            (amend + ["--at", "2025-07-14T23:59:59", "--reason", "x", "--dry-run"], "bea", 0, "dry run"),
            (amend + ["--at", "2025-07-15T00:00", "--reason", "x"], "bea", 1, "window-closed"),
            (amend + ["--at", "2025-06-02T11:29:59", "--reason", "x"], "bea", 1, "before-episode"),
            (amend + ["--at", "2099-06-03T10:00", "--reason", "x"], "bea", 1, "in-the-future"),
            (amend + ["--at", "2025-11-02T01:30", "--reason", "x"], "bea", 1, "ambiguous-time"),
            (amend + ["--result", "no-show", "--next", "2025-06-05", "--reason", "x"], "bea", 1, "promise-without"),
            (amend + ["--minutes", "5", "--reason", "x"], "tom", 77, "not-permitted"),
        ] as [([String], String, Int32, String)] {
            let result = try agency.run(words, as: login)
            #expect(result.status == status, "\(words): \(result.stderr)")
            #expect(result.stderr.contains(said), "\(words): \(result.stderr)")
        }
        let row = try #require(try rows(agency, number).first)
        #expect(row["version"] as? Int == 1 && row["at"] as? String == "2025-06-03T10:00:00-04:00")
    }
}
