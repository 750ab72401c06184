import Foundation
import Testing

@testable import CaseloadOracle

/// What scripts read: columns, formats, limits.
struct ListingTests {
    private static let overdueColumns = [
        "case_number", "client", "kind", "about", "due_at", "days_overdue", "clinician", "site", "last_contact_at",
        "attempts", "window_ends_on", "phone",
    ]

    private static let summaryColumns = [
        "case_number", "source_ref", "client_ref", "program", "site", "clinician", "town", "age_at_call", "sex",
        "referral_source", "presenting_problem", "call_received_at", "response_mode", "arrived_at", "response_minutes",
        "arrival_met", "first_contact_at", "hours_to_first_contact", "contacts", "attempts", "plan_activated_at",
        "days_to_plan", "referrals", "referrals_connected", "window_ends_on", "extended", "discharged_on",
        "discharge_reason", "length_of_stay_days", "open", "overdue",
    ]

    private static let lists: [[String]] = [
        ["overdue"], ["overdue", "--as-of", SmallCaseload.asOf], ["overdue", "--within", "30"],
        ["overdue", "--by", "clinician"], ["overdue", "--by", "site"], ["overdue", "--by", "kind"],
        ["today", "--clinician", "CLINICIAN"], ["episode", "list"], ["episode", "list", "--all"],
        ["visit", "list", "CASE"], ["staff", "list"], ["site", "list"], ["policy", "show"], ["holiday", "list"],
        ["check"], ["check", "--read-only"],
        ["export", "summary"], ["export", "overdue"], ["export", "episodes"], ["export", "extensions"],
        ["export", "visits"], ["export", "plans"], ["export", "referrals"],
    ]

    @Test func `overdue and the summary have exactly the columns that scripts rely on, with and without rows`() throws {
        let agency = try SmallCaseload.imported()
        for (words, columns) in [
            (["overdue"], Self.overdueColumns), (["export", "overdue"], Self.overdueColumns),
            (["export", "summary"], Self.summaryColumns),
        ] {
            for moment in [[], ["--as-of", "2000-01-01T00:00"]] {
                let result = try agency.run(words + moment + ["--format", "csv"], as: "amy")
                #expect(result.status == 0, "\(result.stderr)")
                #expect(result.stdout.hasPrefix(columns.joined(separator: ",") + "\r\n"))
                let rows = try EditableFiles.Table(csv: result.stdout).rows.count
                #expect(moment.isEmpty ? rows > 20 : rows == 0)
            }
        }
    }

    @Test func `every list is JSON that can be read, with the columns and the rows of its CSV`() throws {
        let agency = try SmallCaseload.imported()
        let someone = try MainJobTests.table(agency, ["overdue", "--limit", "1"])
        for words in Self.lists {
            let words = try words.map { word in
                switch word {
                case "CASE": try someone.cell(0, "case_number")
                case "CLINICIAN": try someone.cell(0, "clinician")
                default: word
                }
            }
            let csv = try MainJobTests.table(agency, words)
            let result = try agency.run(words + ["--format", "json"], as: "amy")
            let rows = try #require(
                try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [[String: Any]],
                "\(words): \(result.stdout.prefix(200))"
            )
            #expect(rows.count == csv.rows.count, "\(words)")
            for (object, cells) in zip(rows, csv.rows) {
                #expect(Set(object.keys) == Set(csv.columns), "\(words)")
                // How much room is left changes from one moment to the next.
                if words[0] == "check" { continue }
                for (column, cell) in zip(csv.columns, cells) {
                    let value = object[column]
                    if value is NSNull {
                        #expect(cell.isEmpty, "\(words), \(column)")
                    } else if let text = value as? String {
                        #expect(NaiveGuard.removed(from: cell) == text, "\(words), \(column)")
                    }
                }
            }
        }
    }

    @Test func `a case is one JSON object with its timeline`() throws {
        let agency = try SmallCaseload.imported()
        let number = try MainJobTests.table(agency, ["overdue", "--limit", "1"]).cell(0, "case_number")
        let shown = try agency.run(["show", number, "--format", "json"], as: "amy")
        #expect(shown.object?["case_number"] as? String == number)
        let totals = try agency.run(
            ["import", try SmallCaseload.folder(), "--skip-existing", "--format", "json"],
            as: "amy"
        )
        #expect(totals.object?["totals"] is [String: Any], "\(totals.stderr)")
    }

    @Test func `a limit takes the first rows, and one that is larger takes all`() throws {
        let agency = try SmallCaseload.imported()
        for words in [["overdue"], ["overdue", "--as-of", SmallCaseload.asOf], ["episode", "list", "--all"]] {
            let all = try MainJobTests.table(agency, words).rows
            for limit in [1, 2, all.count - 1, all.count, all.count + 1] {
                let some = try MainJobTests.table(agency, words + ["--limit", "\(limit)"]).rows
                #expect(some == Array(all.prefix(limit)), "\(words) \(limit)")
            }
            for wrong in ["0", "-1", "x"] {
                #expect(try agency.run(words + ["--limit", wrong], as: "amy").status == 64, "\(words) \(wrong)")
            }
        }
    }

    @Test func `each filter takes its own part of the list, and the parts are the whole`() throws {
        let agency = try SmallCaseload.imported()
        let all = try MainJobTests.table(agency, ["overdue"])
        for (option, column) in [("--site", "site"), ("--clinician", "clinician"), ("--kind", "kind")] {
            let values = Set(try all.rows.indices.map { try all.cell($0, column) })
            #expect(values.count > 1)
            var sum = 0
            for value in values.sorted().prefix(12) {
                let part = try MainJobTests.table(agency, ["overdue", option, value])
                let index = try all.index(column)
                #expect(part.rows == all.rows.filter { $0[index] == value }, "\(option) \(value)")
                let count = try agency.run(["overdue", option, value, "--count"], as: "amy")
                #expect(count.stdout == "\(part.rows.count)\n")
                sum += part.rows.count
            }
            #expect(values.count > 12 || sum == all.rows.count)
        }
        let group = try MainJobTests.table(agency, ["overdue", "--by", "site"])
        for row in group.rows {
            #expect(Int(row[1]) == all.rows.count { $0[7] == row[0] })
        }
    }

    @Test func `check says by its status alone whether something is overdue`() throws {
        let agency = try SmallCaseload.imported()
        var statuses: Set<Int32> = []
        let kinds = ["arrival", "deferred-response", "next-contact", "referral-answer", "close"]
        for words in [[], ["--as-of", "2000-01-01T00:00"], ["--as-of", SmallCaseload.asOf]]
            + kinds.map({ ["--kind", $0] })
        {
            let result = try agency.run(["overdue", "--check"] + words, as: "amy")
            let count = try agency.run(["overdue", "--count"] + words, as: "amy")
            #expect(result.status == (count.stdout == "0\n" ? 0 : 3), "\(words): \(count.stdout)")
            #expect(result.stdout.isEmpty && result.stderr.isEmpty, "\(words)")
            statuses.insert(result.status)
        }
        #expect(statuses == [0, 3])
    }

    @Test func `every read leaves one entry in the audit`() throws {
        let agency = try SmallCaseload.imported()
        for (words, action) in [
            (["overdue"], "overdue"), (["overdue", "--check"], "overdue"), (["overdue", "--count"], "overdue"),
            (["overdue", "--as-of", SmallCaseload.asOf], "overdue"), (["today", "--clinician", "amy"], "today"),
            (["export", "summary"], "export summary"), (["export", "visits"], "export visits"),
            (["episode", "list"], "episode list"), (["check"], "check"),
        ] {
            let before = try StoredRows.audit(agency)
            try agency.run(words, as: "amy")
            let after = try StoredRows.audit(agency)
            #expect(after.dropFirst(before.count).map(\.action) == [action], "\(words)")
            #expect(after.last?.login == "amy")
        }
        let before = try StoredRows.audit(agency).count
        try agency.run(["check", "--read-only"], as: "amy")
        #expect(try StoredRows.audit(agency).count == before)
    }
}
