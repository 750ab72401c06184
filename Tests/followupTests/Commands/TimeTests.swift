import CivilTime
import Foundation
import Testing

@testable import followup

/// Times on the command line: local to the agency, whatever the reader's zone; two readings or none are refused.
struct TimeTests {
    private func log(_ agency: TestAgency, _ number: String, _ time: String) throws -> CommandLineTool.Result {
        try agency.run(["visit", "log", number, "--mode", "phone", "--with", "youth", "--at", time])
    }

    @Test(arguments: ["Asia/Tokyo", "UTC", "Pacific/Kiritimati", "Nowhere/Land", ""])
    func `pitfall 3 the reader's zone changes nothing`(zone: String) throws {
        let agency = try TestAgency()
        let environment = ["TZ": zone]
        let opened = try agency.run(TestAgency.opening() + ["--format", "json"], environment: environment)
        #expect(opened.object?["next_due_at"] as? String == "2025-06-02T12:15:00-04:00")
        let arrived = try agency.run(
            ["episode", "arrived", "2025-00001", "--at", "2025-06-02T23:59"],
            environment: environment
        )
        #expect(arrived.stdout == "2025-00001  arrival recorded  next: first-contact by 2025-06-04 23:59 (overdue)\n")
    }

    @Test func `an hour that came twice is refused with both readings, and each reading is taken`() throws {
        let agency = try TestAgency()
        let number = try agency.openCase(call: "2025-11-01T12:00")
        #expect(try agency.run(["episode", "arrived", number, "--at", "2025-11-01T12:30"]).status == 0)
        let refused = try log(agency, number, "2025-11-02T01:30")
        #expect(refused.status == 1)
        #expect(refused.stderr.hasPrefix("refused [ambiguous-time]: "))
        let readings = ["2025-11-02T01:30:00-04:00", "2025-11-02T01:30:00-05:00"]
        for reading in readings {
            #expect(refused.stderr.contains(reading))
            #expect(try log(agency, number, reading).status == 0)
        }
        let times = try StoredRows.visitTimes(agency).sorted()
        #expect(times.count == 2 && times[1] - times[0] == 3_600)
        for (time, status) in [
            ("2025-11-02T00:59", 0), ("2025-11-02T01:00", 1), ("2025-11-02T01:59", 1), ("2025-11-02T02:00", 0),
        ] {
            #expect(try log(agency, number, time).status == status, "\(time)")
        }
    }

    @Test func `an hour that never came is refused`() throws {
        let agency = try TestAgency()
        let number = try agency.openCase(call: "2025-03-08T12:00")
        #expect(try agency.run(["episode", "arrived", number, "--at", "2025-03-08T12:30"]).status == 0)
        for (time, status) in [
            ("2025-03-09T01:59", 0), ("2025-03-09T02:00", 1), ("2025-03-09T02:59", 1), ("2025-03-09T03:00", 0),
        ] {
            let result = try log(agency, number, time)
            #expect(result.status == status, "\(time)")
            if status == 1 { #expect(result.stderr.hasPrefix("refused [no-such-time]: ")) }
        }
    }

    @Test func `a refused time leaves its entry in the audit`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        _ = try log(agency, number, "2025-11-02T01:30")
        let last = try #require(try StoredRows.audit(agency).last)
        #expect(last.action == "visit log")
        #expect(last.outcome == "refused: ambiguous-time")
        #expect(last.login == "bea")
    }

    @Test func `what has happened does not lie in the future`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let formatter = ISO8601DateFormatter()
        let tomorrow = formatter.string(from: Date(timeIntervalSinceNow: 86_400))
        let soon = formatter.string(from: Date(timeIntervalSinceNow: 120))
        for time in [tomorrow, soon] {
            for words in [
                ["visit", "log", number, "--mode", "phone", "--with", "youth", "--at", time],
                ["episode", "close", number, "--reason", "family moved", "--at", time],
                ["episode", "amend", number, "--arrived", time, "--reason", "x"],
                TestAgency.opening(call: time),
            ] {
                let result = try agency.run(words)
                #expect(result.status == 1, "\(words)")
                #expect(result.stderr.hasPrefix("refused [in-the-future]: "), "\(result.stderr)")
            }
        }
        let today = try agency.run(["episode", "close", number, "--reason", "family moved", "--on", "today"])
        #expect(
            today.stderr == "refused [in-the-future]: a discharge known only by its day holds from the next midnight, "
                + "which has not come. Leave --on out to discharge now, or give the time with --at.\n"
        )
    }

    @Test(arguments: [
        "14:5", "14.05", "2025-06-03", "2025-06-31T10:00", "2025-06-03T24:00", "later", "", "2025-06-03T10",
    ])
    func `what is no time is a usage error that names the option`(text: String) throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let result = try log(agency, number, text)
        #expect(result.status == 64)
        #expect(result.stderr.contains("--at"))
        #expect(text.isEmpty || !result.stderr.contains("\"\(text)\""))
    }

    @Test func `an offset wins, and a space may stand for the T`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        for time in ["2025-06-03T10:00", "2025-06-03 10:00", "2025-06-03T14:00Z", "2025-06-03T23:00+09:00"] {
            #expect(try log(agency, number, time).status == 0)
        }
        #expect(Set(try StoredRows.visitTimes(agency)) == [1_748_959_200])
    }

    @Test func `today and yesterday may stand for the date, at both ends of the day`() throws {
        let zone = try OutputFixture.newYork.get()
        // 2026-11-20 23:59:30 in New York, when it is the 21st in UTC.
        let moments = Moments(zone: zone, now: try zone.parse("2026-11-20T23:59:30", now: .distantPast))
        #expect(zone.rfc3339(try moments.instant("today 14:05", "--at")) == "2026-11-20T14:05:00-05:00")
        #expect(zone.rfc3339(try moments.instant("yesterday 23:50", "--at")) == "2026-11-19T23:50:00-05:00")
        #expect(try moments.instant("now", "--at") == moments.now)
        #expect(try moments.date("today", "--on").description == "2026-11-20")
        #expect(try moments.date("+3d", "--next").description == "2026-11-23")
        for text in ["today", "today 24:00", "tomorrow 1000", "todayT14:05", "today  14:05"] {
            #expect(throws: Failure.self, "\(text)") { try moments.instant(text, "--at") }
        }
    }
}
