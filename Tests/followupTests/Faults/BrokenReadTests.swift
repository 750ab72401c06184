import Foundation
import Testing

extension Faults {
    /// What cannot be read, and what fails when the change is already kept: the words must say neither more nor less.
    @Suite(.serialized, .enabled(if: SystemCalls.canTrace, SystemCalls.skipped)) struct BrokenReadTests {
        @Test func `a read that the disk fails is not taken for a damaged database`() throws {
            let agency = try SmallCaseload.imported()
            for number in [3, 6, 12, 24, 48] {
                let program = SystemCalls.injecting("error=EIO", into: "pread64", number: number)
                let result = try agency.start(["overdue"], as: "amy", under: program).wait()
                #expect(result.status == 74, "\(number): \(result.status) \(result.stderr)")
                #expect(result.stderr.contains("disk failed"), "\(number): \(result.stderr)")
                #expect(!result.stderr.contains("damaged"), "\(number): \(result.stderr)")
            }
            try agency.expectSound()
        }

        @Test func `a backup that the disk does not read is not called damaged, nor is the database by its check`()
            throws
        {
            let agency = try SmallCaseload.imported()
            let backup = agency.home + "/backup.db"
            try #require(try agency.run(["backup", backup], as: "amy").status == 0)
            let place = agency.home + "/place.db"
            for (words, path) in [
                (["restore", backup, "--db", place, "--dry-run"], nil), (["check"], agency.database),
            ] {
                var failed = 0
                for number in stride(from: 10, through: 90, by: 20) {
                    let program = SystemCalls.injecting("error=EIO", into: "pread64", number: number, path: path)
                    let result = try agency.start(words, as: "amy", under: program).wait()
                    // Fewer calls than that, or one of a file that is read before.
                    if result.status == 0 { continue }
                    failed += 1
                    #expect(result.status == 74, "\(words) \(number): \(result.stdout)\(result.stderr)")
                    #expect(result.stderr.contains("disk failed"), "\(words) \(number): \(result.stderr)")
                }
                #expect(failed > 0, "\(words)")
            }
        }

        @Test func `without its command line the program says so, and does not answer with the help`() throws {
            let agency = try TestAgency.sealed()
            let program = SystemCalls.injecting("error=ENOENT", into: "openat", number: 1, path: "/proc/self/maps")
            let result = try agency.start(["overdue"], under: program).wait()
            #expect(result.status == 69, "\(result.stdout)")
            #expect(result.stdout.isEmpty)
            #expect(result.stderr.contains("/proc"), "\(result.stderr)")
        }

        @Test func `a zone's file that opens once and then no more is refused, not counted in UTC`() throws {
            let agency = try TestAgency.sealed()
            let number = try agency.arrivedCase()
            let before = try agency.recordCounts()
            let zone = "/usr/share/zoneinfo/America/New_York"
            for time in 1...2 {
                let program = SystemCalls.injecting("error=EMFILE", into: "openat", number: time, path: zone)
                let result = try agency.start(
                    ["visit", "log", number, "--at", "2025-06-03T10:00", "--mode", "phone", "--with", "youth"],
                    under: program
                ).wait()
                #expect(result.status == 69, "\(time): \(result.stdout)\(result.stderr)")
                #expect(result.stderr.contains("tzdata"), "\(time): \(result.stderr)")
            }
            #expect(try agency.recordCounts() == before)
        }

        @Test func `an import whose summary cannot be shown says that it is done`() throws {
            let agency = try TestAgency.sealed()
            let result = try CommandLineTool.run(
                ["import", try SmallCaseload.tiny(), "--create-missing"],
                environment: agency.environment(as: "amy"),
                stdoutPath: "/dev/full"
            )
            #expect(result.status == 74, "\(result.stderr)")
            #expect(result.stderr.contains("do not repeat it"), "\(result.stderr)")
            #expect(try agency.recordCounts()["visit", default: 0] > 0)
        }

        @Test func `a restore does not put the old database's log beside the restored one`() throws {
            let agency = try TestAgency.sealed()
            let backup = agency.home + "/backup.db"
            try #require(try agency.run(["backup", backup], as: "amy").status == 0)
            _ = try agency.arrivedCase()
            let before = try agency.recordCounts()
            let program = SystemCalls.injecting("error=EIO", into: "unlink", number: 1, onwards: true)
            let result = try agency.start(["restore", backup, "--force"], as: "amy", under: program).wait()
            #expect(result.status == 74, "\(result.stdout)\(result.stderr)")
            #expect(result.stderr.contains("left as it was"), "\(result.stderr)")
            #expect(try agency.recordCounts() == before)
            try agency.expectSound()
        }

        @Test func `a restore that cannot take the place leaves the old database under one name`() throws {
            let agency = try TestAgency.sealed()
            let backup = agency.home + "/backup.db"
            try #require(try agency.run(["backup", backup], as: "amy").status == 0)
            _ = try agency.arrivedCase()
            let program = SystemCalls.injecting("error=EIO", into: "rename", number: 1)
            let result = try agency.start(["restore", backup, "--force"], as: "amy", under: program).wait()
            #expect(result.status == 74, "\(result.stdout)\(result.stderr)")
            #expect(try agency.strayFiles() == ["backup.db"])
            #expect(try agency.recordCounts()["episode"] == 1)
            try agency.expectSound()
        }

        @Test func `a restore that the disk does not confirm says that it is in its place`() throws {
            let agency = try TestAgency.sealed()
            let backup = agency.home + "/backup.db"
            let words = ["restore", backup, "--force"]
            try #require(try agency.run(["backup", backup], as: "amy").status == 0)
            let trace = try SystemCalls.trace(agency, words, as: "amy")
            _ = try agency.arrivedCase()
            let last = trace.count { $0.hasPrefix("fsync(") }
            let program = SystemCalls.injecting("error=EIO", into: "fsync", number: last)
            let result = try agency.start(words, as: "amy", under: program).wait()
            #expect(result.status == 74, "\(result.stdout)\(result.stderr)")
            #expect(result.stderr.contains("is in its place"), "\(result.stderr)")
            #expect(try agency.recordCounts()["episode"] == 0)
            try agency.expectSound()
        }
    }
}
