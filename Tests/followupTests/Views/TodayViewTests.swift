import Foundation
import Testing

/// `followup today`: overdue, due today, then the next days.
struct TodayViewTests {
    @Test func `what is owed comes in three groups of one table`() throws {
        let agency = try TestAgency()
        _ = try agency.fullCase()
        let expected = """
            Case        Client     What                                        Due         Days since contact  Days left  Phone
            ──────────  ─────────  ──────────────────────────────────────────  ──────────  ──────────────────  ─────────  ────────────
            Overdue: 1
            2025-00001  Peña, Zoë  referral answer: outpatient, Example, Inc.  2025-06-09                   7         34  860-555-0142
            Due today: 1
            2025-00001  Peña, Zoë  next contact                                2025-06-10                   7         34  860-555-0142
            Due in the next 10 days: 1
            2025-00001  Peña, Zoë  plan review: version 1                      2025-06-20                   7         34  860-555-0142

            """
        let shown = try agency.run(["today", "--as-of", "2025-06-10T09:00", "--within", "10"])
        #expect(shown.stdout == expected)
        #expect(shown.stderr.isEmpty)
        // On the next midnight it is overdue.
        let last = try agency.run(["today", "--as-of", "2025-06-10T23:59:59"]).stdout
        let next = try agency.run(["today", "--as-of", "2025-06-11T00:00"]).stdout
        #expect(last.contains("Overdue: 1\n") && last.contains("Due today: 1\n"))
        #expect(next.contains("Overdue: 2\n") && !next.contains("Due today"))
        // What is due on the day after is not due today yet.
        let before = try agency.run(["today", "--as-of", "2025-06-09T23:59:59"]).stdout
        #expect(before.contains("Due today: 1\n") && before.contains("Due in the next 7 days: 1\n"))
        #expect(!before.contains("Overdue"))
    }

    @Test func `the groups have their colors at a terminal`() throws {
        let agency = try TestAgency()
        _ = try agency.fullCase()
        let words = ["today", "--as-of", "2025-06-10T09:00", "--within", "10"]
        let screen = try Screen.run(words, columns: 120, term: "xterm", environment: agency.environment())
        for heading in ["[31mOverdue: 1", "[33mDue today: 1", "[1mDue in the next 10 days: 1"] {
            #expect(screen.contains("\u{1B}\(heading)\u{1B}[0m\n"))
        }
    }

    @Test func `what is due at an instant shows its time, what has no contact shows none`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        let text = try agency.run(["today", "--as-of", "2025-06-04T11:00"]).stdout
        #expect(text.contains("\nDue today: 1\n2025-00001  Test, Only  first contact  2025-06-04 12:00   "))
    }

    @Test func `programs get one flat list, with the columns they had and the days left`() throws {
        let agency = try TestAgency()
        _ = try agency.fullCase()
        let moment = ["--as-of", "2025-06-10T09:00", "--within", "40"]
        let csv = try agency.run(["today", "--format", "csv"] + moment).stdout.split(separator: "\r\n")
        #expect(
            csv[0] == "urgency,case_number,client,kind,about,due_at,days_overdue,clinician,site,last_contact_at,"
                + "attempts,window_ends_on,phone,window_days_left"
        )
        #expect(csv.dropFirst().map { $0.prefix { $0 != "," } } == ["overdue", "today", "soon", "soon"])
        #expect(csv.dropFirst().allSatisfy { $0.hasSuffix(",2025-07-14,860-555-0142,34") })
        let json = try agency.run(["today", "--format", "json"] + moment).stdout
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(rows.map { $0["window_days_left"] as? Int } == [34, 34, 34, 34])
    }

    @Test func `a minor who consented alone has no phone in the list`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase(extra: ["--caregiver-phone", "860-555-0199", "--minor-consented"])
        for format in ["table", "csv", "json"] {
            let text = try agency.run(["today", "--as-of", "2025-06-04T11:00", "--format", format]).stdout
            #expect(text.contains("2025-00001") && !text.contains("860-555-0199"))
        }
    }

    @Test func `nothing to do is said on the standard error`() throws {
        let agency = try TestAgency()
        let result = try agency.run(["today"])
        #expect(result.stdout.isEmpty && result.status == 0)
        #expect(
            result.stderr == "Nothing of yours is overdue, and nothing falls due in the next 7 days. "
                + "Everybody's: followup overdue.\n"
        )
    }
}
