import Foundation
import Testing

@testable import followup

/// `followup show` for people: a case on one screen, whole and plain in a pipe.
struct ShowViewTests {
    private static let asOf = ["--as-of", TestAgency.noonOfDay9]

    /// What stands below the fields, which others may add to.
    private func belowFields(_ text: String) throws -> String {
        let start = try #require(text.range(of: "\nClocks")?.lowerBound)
        return String(text[text.index(after: start)...])
    }

    @Test func `a case is who, the clocks, its course drawn by day, and the latest events`() throws {
        let agency = try TestAgency()
        let number = try agency.fullCase()
        let result = try agency.run(["show", number] + Self.asOf)
        #expect(result.status == 0, "\(result.stderr)")
        #expect(result.stderr.isEmpty)
        let first = "\(number)  Peña, Zoë, 13, female  open, 33 days left in the window, 2 overdue\n"
        #expect(result.stdout.hasPrefix(first))
        for field in ["Caregiver", "Ana Peña", "860-555-0142", "2025-06-03 16:00", "youth mobile crisis", "Spanish"] {
            #expect(result.stdout.contains(field))
        }
        let expected = """
            Clocks  (3 earlier, none of them missed; --all shows them)
            What             About                      Due               Status   Ended
            ───────────────  ─────────────────────────  ────────────────  ───────  ────────────────
            referral-answer  outpatient, Example, Inc.  2025-06-09 23:59  overdue
            next-contact                                2025-06-10 23:59  met      2025-06-03 16:00
            next-contact                                2025-06-10 23:59  overdue
            plan-review      version 1                  2025-06-20 23:59  open
            close                                       2025-07-14 23:59  open

            Day        0      7      14     21     28     35     42
            Window     ▾──────┼──────┼──────┼──────┼──────┼──────┤
            Contacts    2       │
            Attempts      ○     │
            Plan        ■       │
            Referrals    →      │
            Due               !!│        ◇                       ◇
                                ▲ day 9, 2025-06-11
            ▾ arrival   ! overdue   ◇ due   ● contact   ○ attempt   ■ plan active   → sent
            2-9 how many

            Events  (4 earlier; --all shows them)
            When              Day  What                 Detail                            By
            ────────────────  ───  ───────────────────  ────────────────────────────────  ───
            2025-06-03 16:00    1  contact              phone, completed, with youth      bea
            2025-06-04 10:00    2  referral identified  outpatient, Example, Inc.
            2025-06-04 10:30    2  referral offered     outpatient, Example, Inc.
            2025-06-04 11:00    2  referral sent        outpatient, Example, Inc.
            2025-06-05 10:00    3  attempt              phone, no answer, with caregiver  bea

            """
        #expect(try belowFields(result.stdout) == expected)
        // A screen: an ordinary case is not to be scrolled.
        #expect((24...40).contains(result.stdout.split(separator: "\n", omittingEmptySubsequences: false).count - 1))
    }

    @Test func `--all leaves nothing out, and JSON and CSV hold what they held`() throws {
        let agency = try TestAgency()
        let number = try agency.fullCase()
        let shown = try #require(try agency.run(["show", number, "--format", "json"] + Self.asOf).object)
        let clocks = try #require(shown["deadlines"] as? [[String: Any]])
        let events = try #require(shown["timeline"] as? [[String: Any]])
        #expect(clocks.count == 8)
        #expect(Set(clocks[0].keys) == ["kind", "about", "due_at", "status", "ended_at"])
        #expect(Set(events[0].keys) == ["at", "day", "event", "detail", "by"])
        for key in ["case_number", "client", "phone", "window_ends_on", "window_days_left", "last_contact_at"] {
            #expect(shown[key] != nil, "\(key)")
        }
        let all = try agency.run(["show", number, "--all"] + Self.asOf).stdout
        #expect(!all.contains("--all"))
        for clock in clocks { #expect(all.contains(try #require(clock["kind"] as? String))) }
        // The end of the window lies ahead: it is in the drawing, not among the events.
        let table = try #require(all.components(separatedBy: "\nEvents\n").last)
        #expect(table.split(separator: "\n").count == events.count - 1 + 2)
        let csv = try agency.run(["show", number, "--format", "csv"] + Self.asOf).stdout
        #expect(csv.hasPrefix("case_number,"))
        #expect(csv.split(separator: "\r\n").count == 2)
    }

    @Test func `a locale without UTF-8 gets ASCII lines and signs, and the names as they are`() throws {
        let agency = try TestAgency()
        let number = try agency.fullCase()
        for locale in [["LANG": "C"], ["LC_ALL": "POSIX", "LANG": "C.UTF-8"], ["LANG": ""]] {
            let text = try agency.run(["show", number] + Self.asOf, environment: locale).stdout
            #expect(text.contains("Window     A------+------+"))
            let names = text.replacing("Peña", with: "").replacing("Zoë", with: "")
            #expect(names.utf8.allSatisfy { $0 < 0x80 }, "\(locale)")
        }
        let unicode = try agency.run(["show", number] + Self.asOf, environment: ["LANG": "C", "LC_CTYPE": "C.UTF-8"])
        #expect(unicode.stdout.contains("▾──────┼"))
    }

    @Test func `colors show at a terminal alone, and not where they are not wanted`() throws {
        let agency = try TestAgency()
        let number = try agency.fullCase()
        func seen(_ words: [String] = [], term: String = "xterm", _ more: [String: String] = [:]) throws -> String {
            let environment = agency.environment().merging(more) { $1 }
            return try Screen.run(
                ["show", number] + Self.asOf + words,
                columns: 100,
                term: term,
                environment: environment
            )
        }
        let plain = try agency.run(["show", number] + Self.asOf).stdout
        #expect(!plain.contains("\u{1B}"))
        let colored = try seen()
        #expect(colored.contains("\u{1B}[31m!\u{1B}[0m"))
        #expect(colored.replacing(/\u{1B}\[\d+m/, with: "").contains("2 overdue"))
        for other in [
            try seen(["--no-color"]), try seen(term: "dumb"), try seen([], ["NO_COLOR": "1"]),
        ] {
            #expect(!other.contains("\u{1B}"))
        }
    }

    @Test func `an adult's case without a window and a closed one are drawn too`() throws {
        let agency = try TestAgency()
        let adult = try agency.openCase(extra: ["--program", "adult mobile crisis"])
        let shown = try agency.run(["show", adult, "--as-of", "2025-06-20T12:00"])
        #expect(shown.status == 0, "\(shown.stderr)")
        #expect(shown.stdout.contains("\nClocks\nnone\n"))
        #expect(shown.stdout.contains("\nCourse     ▸──"))
        #expect(shown.stdout.contains("day 18, 2025-06-20 ▲"))
        #expect(shown.stdout.hasPrefix("\(adult)  Test, Only  open\n"))
        let phone = try agency.openCase(mode: "non-mobile (phone)")
        try agency.runAll([["episode", "close", phone, "--reason", "family moved", "--at", "2025-06-02T13:00"]])
        let closed = try agency.run(["show", phone])
        #expect(closed.stdout.hasPrefix("\(phone)  Test, Only  closed 2025-06-02: family moved\n"))
        #expect(closed.stdout.contains("\nCourse     ▸◂──"))
        #expect(!closed.stdout.contains("▲"))
    }

    @Test func `a clock that nobody met before the discharge is not among those that were left out as settled`() throws
    {
        let agency = try TestAgency()
        let number = try agency.fullCase()
        let close = ["episode", "close", number, "--reason", "family moved", "--at", "2025-06-11T12:00"]
        try agency.runAll([close + ["--override", "moved away"]], as: "sue")
        let text = try agency.run(["show", number]).stdout
        #expect(text.contains("Clocks  (3 earlier, none of them missed; --all shows them)\n"))
        // The answer and the next contact were overdue by then; the review was not due yet.
        #expect(text.components(separatedBy: "cancelled: discharged  2025-06-11 12:00\n").count == 4)
        #expect(text.contains("\nDue               ◆◆\n"))
        #expect(text.contains("◂"))
    }

    @Test func `the last day of the window is told apart from the day after`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        for (time, words) in [
            ("2025-07-13T23:59:59", "1 day left in the window"), ("2025-07-14T23:59:59", "window ends today"),
            ("2025-07-15T00:00", "window ended 1 day ago"),
        ] {
            let first = try agency.run(["show", number, "--as-of", time]).stdout.prefix { $0 != "\n" }
            #expect(first.contains(words), "\(time): \(first)")
        }
    }

    @Test func `a minor who consented alone has no caregiver and no phone on the screen`() throws {
        let agency = try TestAgency()
        let family = ["--caregiver-name", "Xyzzyva", "--caregiver-phone", "860-555-0199", "--minor-consented"]
        let number = try agency.openCase(extra: family)
        let text = try agency.run(["show", number]).stdout
        #expect(!text.contains("Xyzzyva") && !text.contains("860-555-0199"))
        #expect(text.contains("Minor-consented care  yes"))
    }
}
