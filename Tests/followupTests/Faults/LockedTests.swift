import Foundation
import Testing

/// Another program holds the write lock.
struct LockedTests {
    @Test func `a lock beyond all patience is said to be one, for writers and audited readers alike`() throws {
        let agency = try TestAgency.sealed()
        let number = try agency.arrivedCase()
        let before = try agency.recordCounts()
        let entries = try StoredRows.audit(agency).count
        let commands: [([String], String)] = [
            (Self.log(number), "bea"),
            (["import", try SmallCaseload.tiny(), "--create-missing"], "amy"),
            (["overdue"], "bea"),
            (["export", "summary"], "amy"),
            (["check"], "amy"),
        ]
        try StoredRows.locked(agency) {
            let runs = try commands.map { try agency.start($0.0, as: $0.1) }
            // Looking without an audit entry needs no lock.
            #expect(try agency.run(["check", "--read-only"]).status == 0)
            for (run, command) in zip(runs, commands) {
                let result = try run.wait()
                #expect(result.status == 75, "\(command.0): \(result.stderr)")
                #expect(result.stderr.contains("Another command is writing"), "\(command.0): \(result.stderr)")
                #expect(result.stderr.contains("try again"))
                #expect(result.stdout.isEmpty)
            }
        }
        #expect(try agency.recordCounts() == before)
        #expect(try StoredRows.audit(agency).count == entries)
        #expect(try agency.run(Self.log(number)).status == 0)
        try agency.expectSound()
    }

    @Test func `a short lock is waited for`() throws {
        let agency = try TestAgency.sealed()
        let number = try agency.arrivedCase()
        var runs: [RunningTool] = []
        try StoredRows.locked(agency) {
            for _ in 0..<3 { runs.append(try agency.start(Self.log(number))) }
            runs.append(try agency.start(["overdue"]))
            // Long enough that a program without patience would have given up.
            usleep(700_000)
        }
        for run in runs {
            let result = try run.wait()
            #expect(result.status == 0, "\(result.stderr)")
        }
        #expect(try agency.recordCounts()["visit"] == 3)
        try agency.expectSound()
    }

    @Test(.enabled(if: SystemCalls.canTrace, SystemCalls.skipped), arguments: ["ENOLCK", "EIO"])
    func `a drive that grants no locks is told from a neighbor who is writing`(error: String) throws {
        let agency = try TestAgency.sealed()
        let number = try agency.arrivedCase()
        let before = try agency.recordCounts()
        let program = SystemCalls.injecting("error=" + error, into: "fcntl", number: 1, onwards: true)
        let result = try agency.start(Self.log(number), under: program).wait()
        #expect([69, 74].contains(result.status), "\(result.stderr)")
        #expect(!result.stderr.contains("Another command"), "\(result.stderr)")
        #expect(result.stderr.contains("drive"), "\(result.stderr)")
        #expect(try agency.recordCounts() == before)
        #expect(try agency.strayFiles() == [])
        try agency.expectSound()
    }

    private static func log(_ number: String) -> [String] {
        ["visit", "log", number, "--at", "2025-06-03T10:00", "--mode", "phone", "--with", "youth"]
    }
}
