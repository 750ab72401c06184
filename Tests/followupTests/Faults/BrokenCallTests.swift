import Foundation
import Testing

extension Faults {
    /// Every call that writes is where a kill, a full disk or a broken one can hit. Chance finds few of these moments;
    /// here they are taken one after the other.
    @Suite(.serialized, .enabled(if: SystemCalls.canTrace, SystemCalls.skipped)) struct BrokenCallTests {
        /// Points of each command; `FOLLOWUP_FAULTS` multiplies them, up to all there are.
        private static let points = 8 * Faults.rounds
        /// Fewer of those that take a fifth of a second.
        private static let fewerPoints = 4 * Faults.rounds

        @Test func `a visit is on the disk before its entry is acknowledged`() throws {
            let agency = try TestAgency.sealed()
            let number = try agency.arrivedCase()
            let calls = try SystemCalls.trace(agency, Self.log(number, "traced"), as: "bea")
            let lastWrite = try #require(
                calls.lastIndex { $0.hasPrefix("pwrite64(") && $0.contains("followup.db-wal>") }
            )
            let sync = try #require(
                calls.lastIndex { $0.contains("sync(") && $0.contains("followup.db-wal>") },
                "the log was never synced"
            )
            let acknowledgement = try #require(calls.firstIndex { $0.hasPrefix("write(1<") })
            #expect(lastWrite < sync)
            #expect(sync < acknowledgement)
        }

        @Test func `a visit that is killed at any of its writes is there whole or not at all`() throws {
            let agency = try TestAgency.sealed()
            let number = try agency.arrivedCase()
            let trace = try SystemCalls.trace(agency, Self.log(number, "traced"), as: "bea")
            var expected = ["traced"]
            for point in SystemCalls.points(of: trace, atMost: Self.points) {
                let note = point.testDescription
                let kill = SystemCalls.injecting("signal=KILL", into: point.name, number: point.number)
                let status = try agency.start(Self.log(number, note), under: kill).wait().status
                let notes = try StoredRows.notes(agency)
                if notes.contains(note) { expected.append(note) }
                #expect(status != 0 || notes.contains(note), "\(note)")
                #expect(notes.sorted() == expected.sorted(), "\(note)")
                #expect(try agency.auditCount(of: "visit log") == expected.count, "\(note)")
                try agency.expectSound(note)
            }
        }

        @Test(arguments: ["ENOSPC", "EIO"])
        func `a visit whose write fails is refused with status 74 and is not there`(error: String) throws {
            let agency = try TestAgency.sealed()
            let number = try agency.arrivedCase()
            let trace = try SystemCalls.trace(agency, Self.log(number, "traced"), as: "bea")
            let word = error == "ENOSPC" ? "The disk is full" : "disk failed"
            for point in SystemCalls.points(of: trace, atMost: Self.points) {
                let note = point.testDescription
                let before = try StoredRows.notes(agency).sorted()
                let kept = (before + [note]).sorted()
                let fault = SystemCalls.injecting("error=" + error, into: point.name, number: point.number)
                let result = try agency.start(Self.log(number, note), under: fault).wait()
                let after = try StoredRows.notes(agency).sorted()
                switch result.status {
                case 0:
                    // The call was one that may fail without harm.
                    #expect(after == kept, "\(note)")
                case 74 where result.stderr.contains("do not repeat it"):
                    #expect(after == kept, "\(note)")
                case 74 where point.name == "fdatasync":
                    // Whether the disk has it nobody knows, and the message says so.
                    #expect(after == before || after == kept, "\(note)")
                    #expect(result.stderr.contains("look whether your entry is there"), "\(note): \(result.stderr)")
                case 74:
                    #expect(after == before, "\(note)")
                    #expect(result.stderr.contains(word), "\(note): \(result.stderr)")
                    #expect(result.stdout.isEmpty, "\(note)")
                default:
                    Issue.record("\(note) ended with \(result.status): \(result.stderr)")
                }
                try agency.expectSound(note)
            }
        }

        @Test(arguments: ["signal=KILL", "error=ENOSPC"])
        func `an import that is broken at any of its writes leaves all of its rows or none`(fault: String) throws {
            let words = ["import", try SmallCaseload.tiny(), "--create-missing"]
            var agency = try TestAgency.sealed()
            let before = try agency.recordCounts()
            let trace = try SystemCalls.trace(agency, words, as: "amy")
            let after = try agency.recordCounts()
            agency = try TestAgency.sealed()
            for point in SystemCalls.points(of: trace, atMost: Self.fewerPoints) {
                let note = "\(fault) at \(point.testDescription)"
                let program = SystemCalls.injecting(fault, into: point.name, number: point.number)
                let result = try agency.start(words, as: "amy", under: program).wait()
                let counts = try agency.recordCounts()
                let isOld = counts == before
                #expect(isOld || counts == after, "\(note): \(counts)")
                #expect(!isOld || result.status != 0, "\(note)")
                if fault.hasPrefix("error"), result.status != 0 {
                    #expect(result.status == 74, "\(note): \(result.stderr)")
                }
                try agency.expectSound(note)
                #expect(try agency.strayFiles().isEmpty, "\(note)")
                if !isOld { agency = try TestAgency.sealed() }
            }
        }

        @Test(arguments: ["signal=KILL", "error=EIO"])
        func `init that is broken at any of its writes leaves no database or a whole one`(fault: String) throws {
            let words = ["init", "--agency", "Test Agency", "--admin", "amy"]
            let trace = try SystemCalls.trace(TestAgency.empty(), words, as: "amy")
            for point in SystemCalls.points(of: trace, atMost: Self.fewerPoints) {
                let note = "\(fault) at \(point.testDescription)"
                let agency = try TestAgency.empty()
                let program = SystemCalls.injecting(fault, into: point.name, number: point.number)
                let result = try agency.start(words, as: "amy", under: program).wait()
                if fault.hasPrefix("error"), result.status != 0 {
                    #expect(result.status == 74, "\(note): \(result.stderr)")
                    #expect(try agency.strayFiles().isEmpty || point.name == "unlink", "\(note)")
                }
                try agency.expectNothingOrWhole(after: result.status, repeating: words, note)
            }
        }

        @Test func `demo that is killed at any of its last calls leaves no database or a whole one`() throws {
            let agency = try TestAgency.empty()
            let trace = try SystemCalls.trace(agency, ["demo", agency.home], as: "amy")
            // Of its thousands of writes chance finds enough: these put the file in its place.
            let points = SystemCalls.points(of: trace, atMost: 10_000)
            let last = ["fsync", "link", "unlink"].flatMap { name in points.filter { $0.name == name }.suffix(2) }
            for point in last {
                let demo = try DemoRun()
                let kill = SystemCalls.injecting("signal=KILL", into: point.name, number: point.number)
                let status = try demo.start(under: kill).wait().status
                try demo.expectNothingOrWhole(after: status, point.testDescription)
            }
        }

        private static func log(_ number: String, _ note: String) -> [String] {
            ["visit", "log", number, "--at", "2025-06-03T10:00", "--mode", "phone", "--with", "youth", "--note", note]
        }
    }
}
