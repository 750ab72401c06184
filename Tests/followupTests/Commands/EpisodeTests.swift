import Foundation
import Testing

/// `followup episode`: from the call to the discharge.
struct EpisodeTests {
    @Test func `cases are numbered by the year of their call`() throws {
        let agency = try TestAgency()
        #expect(try agency.openCase() == "2025-00001")
        #expect(try agency.openCase() == "2025-00002")
        #expect(try agency.openCase(call: "2024-12-31T23:59") == "2024-00001")
        #expect(try agency.openCase(call: "2025-01-01T00:00") == "2025-00003")
    }

    @Test func `an arrival at 45 minutes is in time, one second later is late`() throws {
        for (time, isLate) in [
            ("2025-06-02T12:14:59", false), ("2025-06-02T12:15:00", false), ("2025-06-02T12:15:01", true),
        ] {
            let agency = try TestAgency()
            let number = try agency.openCase()
            let result = try agency.run(["episode", "arrived", number, "--at", time])
            #expect(result.status == 0)
            #expect(result.stderr.contains("--late-reason") == isLate, "\(time)")
        }
        let agency = try TestAgency()
        let number = try agency.openCase()
        let words = ["episode", "arrived", number, "--at", "2025-06-02T13:00", "--late-reason", "snow"]
        #expect(try agency.run(words).stderr.isEmpty)
    }

    @Test func `the steps keep their order and are recorded once`() throws {
        let agency = try TestAgency()
        let number = try agency.openCase(extra: ["--transferred", "2025-06-02T11:35"])
        func step(_ verb: String, _ time: String) throws -> String {
            let result = try agency.run(["episode", verb, number, "--at", time])
            return result.status == 0 ? "done" : String(result.stderr.prefix { $0 != ":" })
        }
        #expect(try step("dispatched", "2025-06-02T11:34:59") == "refused [before-arrival]")
        #expect(try step("dispatched", "2025-06-02T11:40") == "done")
        #expect(try step("dispatched", "2025-06-02T11:41") == "refused [state-order]")
        #expect(try step("arrived", "2025-06-02T11:39:59") == "refused [before-arrival]")
        #expect(try step("arrived", "2025-06-02T11:40") == "done")
        #expect(try step("arrived", "2025-06-02T11:40") == "refused [state-order]")
    }

    @Test func `a phone-only episode has no arrival`() throws {
        let agency = try TestAgency()
        let number = try agency.openCase(mode: "non-mobile (phone)")
        let result = try agency.run(["episode", "arrived", number, "--at", "2025-06-02T12:00"])
        #expect(result.stderr.hasPrefix("refused [phone-only]: "))
    }

    @Test func `a corrected arrival moves the open deadlines of its own case only`() throws {
        let agency = try TestAgency()
        let first = try agency.arrivedCase()
        let client = try agency.arrivedCase()
        let other = try StoredRows.openDeadlines(agency, of: client)
        let before = try StoredRows.openDeadlines(agency, of: first)
        let result = try agency.run([
            "episode", "amend", first, "--arrived", "2025-06-03T12:00", "--reason", "wrong day",
        ])
        #expect(result.status == 0, "\(result.stderr)")
        let after = try StoredRows.openDeadlines(agency, of: first)
        #expect(after.count == before.count && Set(after).isDisjoint(with: before))
        #expect(try StoredRows.openDeadlines(agency, of: client) == other)
        let entry = try #require(try StoredRows.audit(agency).last)
        #expect(entry.action == "episode amend")
        #expect(entry.detail.contains("\"arrived_at\":[1748880000,1748966400]"), "\(entry.detail)")
    }

    @Test func `a correction that would put a visit outside the window is refused`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        _ = try agency.visit(number, at: "2025-07-14T12:00")
        let words = ["episode", "amend", number, "--call", "2025-05-01T10:00", "--arrived", "2025-06-01T12:00"]
        let result = try agency.run(words + ["--reason", "x"])
        #expect(result.stderr.hasPrefix("refused [window-closed]: "))
    }

    @Test func `an extension takes a supervisor other than who asks, and fourteen days at most`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        func extend(_ login: String, to day: String, _ extra: [String] = []) throws -> String {
            let words = ["episode", "extend", number, "--to", day, "--reason", "x"] + extra
            let result = try agency.run(words, as: login)
            return result.status == 0 ? "done" : String(result.stderr.prefix { $0 != ":" })
        }
        #expect(try extend("bea", to: "2025-07-20") == "refused [extension-needs-supervisor]")
        #expect(try extend("sue", to: "2025-07-20", ["--requested-by", "sue"]) == "refused [extension-self-approved]")
        #expect(try extend("sue", to: "2025-07-14") == "refused [extension-too-long]")
        #expect(try extend("sue", to: "2025-07-29") == "refused [extension-too-long]")
        #expect(try extend("sue", to: "2025-07-28") == "done")
        let late = try agency.run([
            "visit", "log", number, "--mode", "phone", "--with", "youth", "--at", "2025-07-20T10:00",
        ])
        #expect(late.stderr.hasPrefix("refused [window-closed]: "), "an extension counts from the moment it is granted")
    }

    @Test func `closing asks for the plan, a supervisor may overrule, and closing ends every deadline`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let close = ["episode", "close", number, "--reason", "met treatment goals", "--on", "2025-07-01"]
        let missing = try agency.run(close)
        #expect(missing.stderr.hasPrefix("refused [plan-missing]: "))
        #expect(try agency.run(close + ["--override", "family moved"]).status == 77)
        let result = try agency.run(close + ["--override", "family moved"], as: "sue")
        #expect(result.status == 0, "\(result.stderr)")
        #expect(result.stdout == "2025-00001  closed  nothing due\n")
        #expect(try StoredRows.openDeadlines(agency, of: number).isEmpty)
        #expect(try agency.run(close, as: "sue").stderr.hasPrefix("refused [episode-closed]: "))
        let visit = ["visit", "log", number, "--mode", "phone", "--with", "youth", "--at"]
        #expect(try agency.run(visit + ["2025-07-01T23:59:59"]).status == 0)
        #expect(try agency.run(visit + ["2025-07-02T00:00"]).stderr.hasPrefix("refused [episode-closed]: "))
    }

    @Test func `unable to reach takes three attempts`() throws {
        let agency = try TestAgency()
        let number = try agency.openCase(mode: "non-mobile (phone)")
        let close = ["episode", "close", number, "--reason", "unable to reach", "--at", "2025-06-10T09:00"]
        for hour in 10...11 {
            _ = try agency.visit(number, at: "2025-06-03T\(hour):00", ["--result", "no answer"])
            #expect(try agency.run(close).stderr.hasPrefix("refused [attempts-too-few]: "))
        }
        _ = try agency.visit(number, at: "2025-06-03T12:00", ["--result", "no answer"])
        #expect(try agency.run(close).status == 0)
    }

    @Test func `a near name with the same birth date is shown before a client is added twice`() throws {
        let agency = try TestAgency()
        let birth = ["--birth-date", "2012-03-04"]
        _ = try agency.openCase(lastName: "Jensen", extra: birth)
        let words = TestAgency.opening(lastName: "Jenson") + birth
        let refused = try agency.run(words)
        #expect(refused.stderr.hasPrefix("refused [possible-duplicate]: "))
        #expect(!refused.stderr.contains("Jens"))
        let ref = try #require(refused.stderr.firstMatch(of: /P[0-9A-Z]{5,}/)).output
        let known = Array(words.prefix { $0 != "--first-name" }) + ["--client", String(ref)]
        #expect(try agency.run(known).status == 0)
        #expect(try StoredRows.counts(agency)["client"] == 1)
        #expect(try agency.run(words + ["--new-client"]).status == 0)
        #expect(try StoredRows.counts(agency)["client"] == 2)
    }

    @Test func `the site follows from the town, or has to be named`() throws {
        let agency = try TestAgency()
        let words = TestAgency.opening().filter { $0 != "--town" && $0 != "Hartford" }
        #expect(try agency.run(words, as: "bea").status == 0, "who works at one site alone means that one")
        let unclear = try agency.run(words, as: "amy")
        #expect(unclear.status == 64)
        #expect(unclear.stderr.contains("--site"))
        #expect(try agency.run(words + ["--site", "Torrington"], as: "amy").status == 0)
    }

    @Test func `an age beyond the program's is a warning, never a refusal`() throws {
        let agency = try TestAgency()
        for (birthDate, warns) in [("2006-06-03", false), ("2006-06-02", true)] {
            let result = try agency.run(TestAgency.opening() + ["--birth-date", birthDate, "--new-client"])
            #expect(result.status == 0)
            #expect(result.stderr.contains("warning:") == warns, "\(birthDate): \(result.stderr)")
        }
    }
}
