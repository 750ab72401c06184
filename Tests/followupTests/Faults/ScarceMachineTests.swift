import Foundation
import Testing

/// A machine that gives the program no more memory, or no thread.
@Suite(.enabled(if: SystemCalls.canTrace, SystemCalls.skipped)) struct ScarceMachineTests {
    @Test func `a database for which there is no memory is said to lack it, and nothing is kept`() throws {
        let agency = try TestAgency.sealed()
        let number = try agency.arrivedCase()
        let before = try agency.recordCounts()
        let words = ["visit", "log", number, "--at", "2025-06-03T10:00", "--mode", "phone", "--with", "youth"]
        let fault = SystemCalls.injecting(
            "error=ENOMEM",
            into: "mmap",
            number: 1,
            onwards: true,
            path: agency.database + "-shm"
        )
        let result = try agency.start(words, under: fault).wait()
        #expect(result.status == 69, "\(result.stderr)")
        #expect(result.stderr.contains("The machine has no memory left for this"), "\(result.stderr)")
        #expect(result.stderr.contains("close other programs and try again"), "\(result.stderr)")
        #expect(result.stdout.isEmpty)
        #expect(try agency.recordCounts() == before)
        #expect(try agency.run(words).status == 0)
        try agency.expectSound()
    }

    @Test func `an import that gets no second thread is refused with the remedy, and keeps nothing`() throws {
        let agency = try TestAgency.sealed()
        let before = try agency.recordCounts()
        let words = ["import", try SmallCaseload.tiny(), "--create-missing"]
        let fault = SystemCalls.injecting("error=EAGAIN", into: "clone3", number: 1, onwards: true)
        let result = try agency.start(words, as: "amy", under: fault).wait()
        #expect(result.status == 75, "\(result.stderr)")
        #expect(result.stderr.contains("no further thread; nothing was saved"), "\(result.stderr)")
        #expect(result.stderr.contains("try again"), "\(result.stderr)")
        #expect(result.stdout.isEmpty)
        #expect(try agency.recordCounts() == before)
        #expect(try agency.strayFiles() == [])
        #expect(try agency.run(words, as: "amy").status == 0)
        try agency.expectSound()
    }
}
