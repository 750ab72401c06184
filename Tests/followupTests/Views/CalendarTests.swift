import Foundation
import Testing

/// `followup calendar`, read by a parser that knows nothing of the writer.
struct CalendarTests {
    private func calendar(_ agency: TestAgency, _ words: [String], as login: String = "bea") throws -> StrictCalendar {
        let result = try agency.run(["calendar"] + words, as: login)
        try #require(result.status == 0, "\(result.stderr)")
        return try StrictCalendar(Data(result.stdout.utf8))
    }

    @Test func `the file of a small case is exactly this`() throws {
        let agency = try TestAgency()
        _ = try agency.fullCase()
        let text = try agency.run(["calendar", "--as-of", TestAgency.noonOfDay9]).stdout
        // The keys of what started the clocks are made anew with every database.
        let shown = text.replacing(/-\d+@followup/, with: "-KEY@followup").replacing("\r\n", with: "\n")
        let events = shown.components(separatedBy: "BEGIN:VEVENT\n")
        #expect(events.count == 5)
        #expect(
            events[0] == """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//followup//crisis follow-up//EN
                CALSCALE:GREGORIAN
                METHOD:PUBLISH
                X-WR-CALNAME:Crisis follow-up

                """
        )
        #expect(
            events[2] == """
                UID:2025-00001-next-contact-KEY@followup
                DTSTAMP:20250611T160000Z
                LAST-MODIFIED:20250611T040000Z
                DTSTART;VALUE=DATE:20250610
                DTEND;VALUE=DATE:20250611
                SUMMARY:2025-00001: next contact overdue
                DESCRIPTION:To see the case: followup show 2025-00001
                CATEGORIES:OVERDUE
                CLASS:CONFIDENTIAL
                TRANSP:TRANSPARENT
                END:VEVENT

                """
        )
        #expect(
            events[4] == """
                UID:2025-00001-close-KEY@followup
                DTSTAMP:20250611T160000Z
                LAST-MODIFIED:20250602T160000Z
                DTSTART;VALUE=DATE:20250714
                DTEND;VALUE=DATE:20250715
                SUMMARY:2025-00001: close due
                DESCRIPTION:To see the case: followup show 2025-00001
                CATEGORIES:DUE
                CLASS:CONFIDENTIAL
                TRANSP:TRANSPARENT
                BEGIN:VALARM
                ACTION:DISPLAY
                TRIGGER:-PT15H
                DESCRIPTION:2025-00001: close due
                END:VALARM
                BEGIN:VALARM
                ACTION:DISPLAY
                TRIGGER:PT9H
                DESCRIPTION:2025-00001: close due
                END:VALARM
                END:VEVENT
                END:VCALENDAR

                """
        )
    }

    @Test func `pitfall 29 an all-day entry ends on the next day, and no name is in its title or anywhere`() throws {
        let agency = try TestAgency()
        _ = try agency.fullCase(firstName: "Xyzzyva", lastName: "Quux")
        let result = try agency.run(["calendar", "--as-of", TestAgency.noonOfDay9])
        for name in ["Xyzzyva", "Quux", "Ana", "Peña", "860-", "Example", "outpatient", "bea", "Brown"] {
            #expect(!result.stdout.contains(name), "\(name)")
        }
        let events = try StrictCalendar(Data(result.stdout.utf8)).events
        #expect(
            events.map { "\($0.summary) \($0.days.map { "\($0.first)-\($0.end)" } ?? "")" } == [
                "2025-00001: referral answer overdue 20250609-20250610",
                "2025-00001: next contact overdue 20250610-20250611", "2025-00001: plan review due 20250620-20250621",
                "2025-00001: close due 20250714-20250715",
            ]
        )
        // Over the end of a month and of a year the end is the next day too.
        let winter = try agency.openCase(call: "2024-11-19T10:00")
        try agency.runAll([["episode", "arrived", winter, "--at", "2024-11-19T10:30"]])
        let close = try calendar(agency, ["--as-of", "2024-11-20T09:00"]).events.first { $0.kind == "close" }
        #expect(close?.days.map { [$0.first, $0.end] } == ["20241231", "20250101"])
    }

    @Test func `what is due at an instant is an entry at that instant, in UTC, with its own reminder`() throws {
        let agency = try TestAgency()
        _ = try agency.openCase(call: "2025-06-02T11:30")
        let arrival = try #require(try calendar(agency, ["--as-of", "2025-06-02T11:31"]).events.first)
        #expect(arrival.kind == "arrival" && arrival.days == nil)
        // 12:15 in New York in summer.
        #expect(arrival.instant == Date(timeIntervalSince1970: 1_748_880_900))
        #expect(arrival.alarms == [-900])
        #expect(!arrival.isOverdue)
        let at = try calendar(agency, ["--as-of", "2025-06-02T12:15:00"]).events
        let after = try calendar(agency, ["--as-of", "2025-06-02T12:15:01"]).events
        #expect(at.map(\.isOverdue) == [false] && after.map(\.isOverdue) == [true])
        // What has passed does not ring when the calendar is read anew.
        #expect(after.map(\.alarms) == [[]])
    }

    @Test
    func `pitfall 1 the calendar's overdue entries are the rows of overdue at midnight, noon and the last second`()
        throws
    {
        let agency = try SmallCaseload.imported()
        var compared = 0
        for time in ["2024-11-20T00:00", "2024-11-20T12:00", "2024-11-20T23:59:59", "2024-11-21T00:00"] {
            let overdue = try MainJobTests.table(agency, ["overdue", "--as-of", time])
            let clinicians = Set(try overdue.rows.indices.map { try overdue.cell($0, "clinician") })
            #expect(!clinicians.isEmpty)
            for clinician in clinicians {
                let expected = try overdue.rows.indices.filter { try overdue.cell($0, "clinician") == clinician }
                    .map { row in
                        let day = String(try overdue.cell(row, "due_at").prefix(10)).replacing("-", with: "")
                        return "\(try overdue.cell(row, "case_number")) \(try overdue.cell(row, "kind")) \(day)"
                    }
                let words = ["--clinician", clinician, "--as-of", time]
                let shown = try calendar(agency, words, as: "amy").events.filter(\.isOverdue).map { event in
                    "\(event.caseNumber) \(event.kind) \(event.days?.first ?? Self.newYorkDay(event.instant))"
                }
                #expect(shown.sorted() == expected.sorted(), "\(time)")
                compared += shown.count
            }
        }
        #expect(compared > 60)
    }

    private static func newYorkDay(_ instant: Date?) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "America/New_York")
        formatter.dateFormat = "yyyyMMdd"
        return instant.map(formatter.string) ?? ""
    }

    @Test func `all that is open is in the file, and its entries keep their UIDs from one run to the next`() throws {
        let agency = try TestAgency()
        let number = try agency.fullCase()
        let first = try calendar(agency, [])
        let second = try calendar(agency, [])
        #expect(first.events.map(\.uid) == second.events.map(\.uid))
        #expect(first.events.map(\.modified) == second.events.map(\.modified))
        #expect(try Set(first.events.map(\.kind)) == Set(StoredRows.openDeadlines(agency, of: number).map(Self.kind)))
        let earlier = try calendar(agency, ["--as-of", TestAgency.noonOfDay9])
        #expect(earlier.events.map(\.uid) == first.events.map(\.uid))
        let again = ["calendar", "--as-of", TestAgency.noonOfDay9]
        #expect(try agency.run(again).stdout == agency.run(again, environment: ["TZ": "Asia/Tokyo"]).stdout)
        // The next contact gets an entry of its own; the one it answers is gone.
        _ = try agency.visit(number, at: "2025-06-12T09:00")
        let later = try calendar(agency, []).events.filter { $0.kind == "next-contact" }.map(\.uid)
        #expect(later.count == 1 && !first.events.map(\.uid).contains(later[0]))
    }

    private static func kind(_ deadline: String) -> String { String(deadline.prefix { $0 != " " }) }

    @Test func `records under 42 CFR Part 2 carry the notice, folded and whole, and no others do`() throws {
        let agency = try TestAgency()
        let part2 = try agency.arrivedCase(extra: ["--part2"])
        let other = try agency.arrivedCase()
        let events = try calendar(agency, ["--as-of", "2025-06-04T11:00"]).events
        let notice = "\n42 CFR part 2 prohibits unauthorized use or disclosure of these records."
        for event in events { #expect(event.description.hasSuffix(notice) == (event.caseNumber == part2)) }
        #expect(Set(events.map(\.caseNumber)) == [part2, other])
    }

    @Test func `a calendar without entries is one that can be read`() throws {
        let agency = try TestAgency()
        let result = try agency.run(["calendar"])
        #expect(result.status == 0)
        #expect(result.stderr == "Nothing is open: the calendar is empty.\n")
        #expect(try StrictCalendar(Data(result.stdout.utf8)).events.isEmpty)
    }

    @Test func `a file is written whole for its owner alone, or not at all`() throws {
        let agency = try TestAgency()
        _ = try agency.fullCase()
        let path = agency.home + "/due.ics"
        let result = try agency.run(["calendar", "-o", path])
        #expect(result.status == 0 && result.stdout.isEmpty && result.stderr.isEmpty)
        let data = try Data(contentsOf: URL(filePath: path))
        #expect(try StrictCalendar(data).events.count == 4)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        let refused = try agency.run(["calendar", "-o", path, "--clinician", "nobody"])
        #expect(refused.status == 66)
        #expect(try Data(contentsOf: URL(filePath: path)) == data)
        #expect(try agency.run(["calendar", "-o", agency.home + "/no/due.ics"]).status == 74)
        #expect(try agency.run(["calendar", "--format", "json"]).status == 64)
    }

    @Test func `the reading is audited, and who may not read cases gets none`() throws {
        let agency = try TestAgency()
        _ = try agency.fullCase()
        let before = try StoredRows.audit(agency).count
        #expect(try agency.run(["calendar"]).status == 0)
        #expect(try agency.run(["calendar", "--clinician", "bea"], as: "ann").status == 77)
        let ended = try StoredRows.audit(agency).dropFirst(before).filter { $0.outcome != "begun" }
        #expect(ended.map(\.login) == ["bea", "ann"])
        #expect(ended.map(\.action) == ["calendar", "calendar"])
        #expect(ended.map(\.outcome) == ["done", "refused: not-permitted"])
        // Of another site's clinician there is nothing to be seen.
        #expect(try calendar(agency, ["--clinician", "bea"], as: "tom").events.isEmpty)
        #expect(try calendar(agency, ["--clinician", "bea"], as: "sue").events.count == 4)
    }

    @Test(arguments: [
        "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nPRODID:x\r\nBEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:" + String(repeating: "x", count: 69)
            + "\r\nBEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n",
    ])
    func `the parser of these tests refuses what the standard does`(_ text: String) {
        #expect(throws: StrictCalendar.Broken.self) { try StrictCalendar(Data(text.utf8)) }
    }
}
