import Foundation
import Testing

/// `followup referral`: from the need to a known outcome.
struct ReferralTests {
    private func add(_ agency: TestAgency, _ number: String, name: String = "Wheeler", _ extra: [String] = []) throws {
        let words = ["referral", "add", number, "--service", "outpatient", "--agency", name]
        let result = try agency.run(words + ["--at", "2025-06-02T13:00"] + extra)
        try #require(result.status == 0, "\(result.stderr)")
    }

    private func step(_ agency: TestAgency, _ verb: String, _ number: String, at: String, _ extra: [String] = [])
        throws -> CommandLineTool.Result
    {
        try agency.run(["referral", verb, number, "1", "--at", at] + extra)
    }

    /// The kinds that `overdue` lists of a case's referrals.
    private func overdue(_ agency: TestAgency) throws -> [String] {
        let result = try agency.run(["overdue", "--format", "csv"])
        return result.stdout.split(separator: "\r\n").dropFirst().compactMap { line in
            ["referral-answer", "first-appointment"].first { line.contains($0) }
        }
    }

    @Test func `a referral goes from identified to connected, its timers appear in overdue and clear`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try add(agency, number)
        #expect(try overdue(agency) == [])
        for (verb, time, extra, timers) in [
            ("offer", "2025-06-02T13:00", [], []), ("send", "2025-06-02T13:00", [], ["referral-answer"]),
            ("answer", "2025-06-04T10:00", ["--result", "waitlisted"], ["referral-answer"]),
            ("answer", "2025-06-10T10:00", ["--result", "accepted"], ["first-appointment"]),
            ("schedule", "2025-06-10T10:00", ["--appointment", "2025-06-20T15:00"], ["first-appointment"]),
            ("cancel", "2025-06-20T08:00", [], ["first-appointment"]),
            ("schedule", "2025-06-20T09:00", ["--appointment", "2025-06-23T15:00"], ["first-appointment"]),
            ("no-show", "2025-06-23T15:30", [], ["first-appointment"]),
            ("schedule", "2025-06-23T16:00", ["--appointment", "2025-06-27T15:00"], ["first-appointment"]),
            ("attended", "2025-06-27T15:00", [], []),
        ] as [(String, String, [String], [String])] {
            let result = try step(agency, verb, number, at: time, extra)
            #expect(result.status == 0, "\(verb): \(result.stderr)")
            #expect(result.stdout.hasPrefix("\(number)  referral updated  "))
            #expect(try overdue(agency) == timers, "after \(verb)")
        }
        let shown = try #require(try agency.run(["referral", "show", number, "1", "--format", "json"]).object)
        #expect(shown["status"] as? String == "connected")
        #expect(shown["attended_at"] as? String == "2025-06-27T15:00:00-04:00")
        #expect(shown["next_command"] is NSNull)
        let steps = try #require(shown["steps"] as? [[String: Any]])
        #expect(steps.suffix(2).map { $0["state"] as? String } == ["attended", "connected"])
        #expect(try agency.wrongRecords() == [])
        #expect(try agency.run(["referral", "list", "--open"]).stderr.contains("No referral."))
    }

    @Test func `an answer with an appointment schedules it, so that a no-show can follow`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try add(agency, number, ["--warm-hand-off", "yes"])
        _ = try step(agency, "offer", number, at: "2025-06-02T13:00")
        _ = try step(agency, "send", number, at: "2025-06-02T13:00")
        let appointment = ["--result", "accepted", "--appointment", "2025-06-05T09:00"]
        let answer = try step(agency, "answer", number, at: "2025-06-03T10:00", appointment)
        #expect(answer.stdout.contains("status: scheduled"))
        #expect(try step(agency, "no-show", number, at: "2025-06-05T09:30").status == 0)
        let row = try agency.run(["referral", "list", number, "--format", "csv"]).stdout
        #expect(
            row == "case_number,referral_ref,service_type,agency,status,status_at,sent_at,answered_at,appointment_at,"
                + "attended_at,warm_handoff,clinician\r\n"
                + "\(number),1,outpatient,Wheeler,no-show,2025-06-05T09:30:00-04:00,2025-06-02T13:00:00-04:00,"
                + "2025-06-03T10:00:00-04:00,2025-06-05T09:00:00-04:00,,yes,bea\r\n"
        )
    }

    @Test func `a step out of order is refused with the command that would be right`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try add(agency, number)
        for (words, next) in [
            (["attended"], "offer"), (["send"], "offer"), (["connect"], "offer"), (["no-show"], "offer"),
            (["answer", "--result", "accepted"], "offer"),
            (["schedule", "--appointment", "2025-06-20T15:00"], "offer"),
            (["cancel"], "offer"),
        ] {
            let rest = [number, "1"] + words.dropFirst() + ["--at", "2025-06-03T10:00", "--format", "json"]
            let result = try agency.run(["referral", words[0]] + rest)
            #expect(result.status == 1, "\(words)")
            #expect(result.failure?["rule"] as? String == "state-order")
            #expect((result.failure?["hint"] as? String)?.hasSuffix("followup referral \(next) \(number) 1") == true)
        }
        #expect(try agency.run(["referral", "decline", number, "1", "--reason", "too far"]).status == 0)
        let late = try agency.run(["referral", "offer", number, "1"])
        #expect(late.stderr.hasPrefix("refused [state-order]: "))
        #expect(late.stderr.contains("followup referral add \(number)"))
    }

    @Test func `what cannot be read or is not there changes nothing`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try add(agency, number)
        let before = try agency.run(["referral", "show", number, "1"]).stdout
        let add = ["referral", "add", number]
        for (words, status) in [
            (add, 64), (add + ["--service", "outpatient"], 64),
            (add + ["--service", "outpatient", "--agency", " "], 64),
            (add + ["--service", "outptient", "--agency", "A"], 66),
            (add + ["--service", "medical", "--agency", "A", "--at", "2125-01-01T00:00"], 1),
            (add + ["--service", "medical", "--agency", "A", "--at", "2025-06-02T11:29:59"], 1),
            (add + ["--service", "medical", "--agency", "A", "--at", "2025-11-02T01:30"], 1),
            (["referral", "add", "2025-99999", "--service", "medical", "--agency", "A"], 66),
            (["referral", "offer", number], 64), (["referral", "offer", number, "2"], 66),
            (["referral", "offer", "1", "1"], 66), (["referral", "answer", number, "1"], 64),
            (["referral", "answer", number, "1", "--result", "maybe"], 64),
            (["referral", "answer", number, "1", "--result", "rejected", "--appointment", "now"], 64),
            (["referral", "schedule", number, "1"], 64), (["referral", "close", number, "1"], 64),
            (["referral", "close", number, "1", "--reason", " "], 64),
            (["referral", "hand-off", number, "1", "--took-place", "perhaps"], 64),
            (["referral", "list", "2025-99999"], 66), (["referral", "show", number, "2"], 66),
        ] as [([String], Int32)] {
            let result = try agency.run(words)
            #expect(result.status == status, "\(words): \(result.stderr)")
            #expect(result.stdout.isEmpty)
        }
        for login in ["tom", "ann"] {
            #expect(try agency.run(["referral", "offer", number, "1"], as: login).status == 77)
            #expect(try agency.run(["referral", "list", number], as: login).status == 77)
            #expect(try agency.run(["referral", "show", number, "1"], as: login).status == 77)
        }
        #expect(try agency.run(["referral", "show", number, "1"]).stdout == before)
    }

    @Test func `a new spelling of a known agency is asked about on the standard error`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try add(agency, number, name: "Wheeler Clinic")
        let words = ["referral", "add", number, "--service", "outpatient", "--agency", "Wheeler Clinc"]
        let result = try agency.run(words)
        #expect(result.status == 0)
        #expect(result.stderr == "warning: the agency is new; did you mean \"Wheeler Clinic\", which is on record?\n")
        #expect(!(try agency.run(words)).stderr.contains("warning"), "now it is known")
    }

    @Test func `an appointment before its step is a warning`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try add(agency, number)
        for verb in ["offer", "send"] { _ = try step(agency, verb, number, at: "2025-06-02T13:00") }
        _ = try step(agency, "answer", number, at: "2025-06-03T10:00", ["--result", "accepted"])
        for (time, warns) in [("2025-06-03T10:00", false), ("2025-06-03T09:59:59", true)] {
            let result = try step(agency, "schedule", number, at: "2025-06-03T10:00", ["--appointment", time])
            #expect(result.status == 0)
            #expect(result.stderr.contains("warning:") == warns)
        }
    }

    @Test func `at a terminal what is missing is asked for, and an entry broken off leaves nothing`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let words = ["referral", "add", number, "--at", "2025-06-02T13:00"]
        for lines in [["outpatient", "Wheeler", "n"], ["outpatient", PretendTerminal.endOfInput]] {
            let result = try PretendTerminal.run(words, typing: lines, environment: agency.environment())
            #expect(result.status == 64, "\(result.screen)")
        }
        #expect(try agency.run(["referral", "list"]).stderr.contains("No referral."))
        let result = try PretendTerminal.run(
            words,
            typing: ["outpatient", "Wheeler", "y"],
            environment: agency.environment()
        )
        #expect(result.status == 0, "\(result.screen)")
        #expect(result.stdout.contains("referral: 1"))
    }
}
