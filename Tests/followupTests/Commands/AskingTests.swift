import Foundation
import Testing

/// At a terminal a command asks for what it lacks and sums it up; it writes only what was confirmed.
struct AskingTests {
    private func log(_ agency: TestAgency, _ extra: [String] = [], typing lines: [String]) throws
        -> PretendTerminal.Result
    {
        try PretendTerminal.run(
            ["visit", "log", "2025-00001"] + extra,
            typing: lines,
            environment: agency.environment()
        )
    }

    @Test func `what is missing is asked for, shown and saved when confirmed`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        let lines = ["ph", "2", "e", "She is well.", "Call again.", ".", "y"]
        let result = try log(agency, ["--at", "2025-06-03T10:00"], typing: lines)
        #expect(result.status == 0, "\(result.screen)")
        #expect(result.stdout.hasPrefix("2025-00001  visit logged  "))
        #expect(result.screen.contains("Mode: phone") && result.screen.contains("With: caregiver"))
        #expect(try StoredRows.notes(agency) == ["She is well.\nCall again."])
        #expect(try StoredRows.visitTimes(agency) == [1_748_959_200])
    }

    @Test func `a slip is asked again`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        let lines = ["c", "phone", "x", "youth", "c", "no answer"]
        let result = try log(agency, ["--at", "2025-06-03T10:00"], typing: lines)
        #expect(result.status == 0, "\(result.screen)")
        let twice = try log(agency, ["--at", "2025-11-02T01:30"], typing: [])
        #expect(twice.status == 1, "\(twice.screen)")
        #expect(twice.screen.contains("came twice"))
        #expect(try StoredRows.counts(agency)["visit"] == 1)
    }

    @Test func `an answer of no, and an input that ends, save nothing`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        for lines in [
            ["phone", "youth", "n"], ["phone", PretendTerminal.endOfInput],
        ] {
            let result = try log(agency, ["--at", "2025-06-03T10:00"], typing: lines)
            #expect(result.status == 64, "\(result.screen)")
            #expect(result.stdout.isEmpty)
        }
        #expect(try StoredRows.counts(agency)["visit"] == 0)
    }

    @Test func `a complete command asks nothing`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        let words = ["--mode", "phone", "--with", "youth", "--at", "2025-06-03T10:00"]
        let result = try log(agency, words, typing: [])
        #expect(result.status == 0)
        #expect(!result.screen.contains("?"))
    }

    @Test func `an episode is opened by answering`() throws {
        let agency = try TestAgency()
        let lines = [
            "Test, Zoë", "2012-03-04", "fem", "2025-06-02T11:30", "mobile", "school", "anx", "Hartford", "yes",
        ]
        let result = try PretendTerminal.run(["episode", "open"], typing: lines, environment: agency.environment())
        #expect(result.status == 0, "\(result.screen)")
        #expect(result.stdout == "2025-00001  episode opened  next: arrival by 2025-06-02 12:15 (overdue)\n")
        #expect(try StoredRows.names(agency) == ["Zoë", "Test", "", ""])
    }

    @Test func `a late arrival is asked for its reason, one in time is not`() throws {
        for (time, asks) in [("2025-06-02T12:15:00", false), ("2025-06-02T12:15:01", true)] {
            let agency = try TestAgency()
            let number = try agency.openCase()
            let result = try PretendTerminal.run(
                ["episode", "arrived", number, "--at", time],
                typing: asks ? ["snow on the road"] : [],
                environment: agency.environment()
            )
            #expect(result.status == 0, "\(result.screen)")
            #expect(result.screen.contains("late") == asks)
            #expect(try StoredRows.lateReasons(agency) == [asks ? "snow on the road" : ""])
        }
    }
}
