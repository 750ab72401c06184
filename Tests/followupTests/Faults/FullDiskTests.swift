import Foundation
import Testing

extension Faults {
    @Suite(.serialized, .enabled(if: SmallDisk.canMount, SmallDisk.skipped)) struct FullDiskTests {
        @Test func `an import that fills the disk ends with status 74, and costs nothing that was there`() throws {
            let (agency, disk) = try TestAgency.onSmallDisk(Self.withVisit().agency)
            let before = try agency.recordCounts()
            let words = ["import", try SmallCaseload.folder(), "--create-missing"]
            try disk.fill(leaving: 300_000)
            for _ in 0..<2 { try expectFull(try agency.run(words, as: "amy")) }
            #expect(try agency.recordCounts() == before)
            try disk.makeRoom()
            try agency.expectSound()
            let again = try agency.run(words, as: "amy")
            #expect(again.status == 0, "\(again.stderr)")
            #expect(try agency.recordCounts()["visit", default: 0] > 100)
            try agency.expectSound()
        }

        @Test func `on a full disk nothing is logged, nothing is shown that cannot be audited, and nothing is lost`()
            throws
        {
            let (source, number) = try Self.withVisit()
            let (agency, disk) = try TestAgency.onSmallDisk(source)
            let before = try agency.recordCounts()
            let visit = Self.visit(number)
            try disk.fill(leaving: 0)
            for _ in 0..<2 {
                try expectFull(try agency.run(["overdue"]))
                try expectFull(try agency.run(["export", "summary"], as: "amy"))
                try expectFull(try agency.run(visit))
            }
            try disk.makeRoom()
            try agency.expectSound()
            #expect(try agency.recordCounts() == before)
            #expect(try agency.run(visit).status == 0)
            #expect(try agency.recordCounts()["visit"] == 2)
            try agency.expectSound()
        }

        @Test func `an export to a full disk leaves no file, and what stood there stays`() throws {
            let agency = try SmallCaseload.imported()
            try OutputFixture.inTemporaryFolder { folder in
                let disk = try SmallDisk(over: folder, megabytes: 1)
                let old = folder + "/old.csv"
                try "old\n".write(toFile: old, atomically: false, encoding: .utf8)
                for room in [8_192, 0] {
                    try disk.fill(leaving: room)
                    for path in [folder + "/new.csv", old] {
                        let result = try agency.run(["export", "visits", "-o", path], as: "amy")
                        try expectFull(result)
                        #expect(!result.stderr.contains("rows written"))
                        #expect(
                            try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [
                                "ballast", "old.csv",
                            ]
                        )
                        #expect(try String(contentsOfFile: old, encoding: .utf8) == "old\n")
                    }
                }
                try disk.makeRoom()
                let result = try agency.run(["export", "visits", "-o", old], as: "amy")
                #expect(result.status == 0, "\(result.stderr)")
                let lines = try String(contentsOfFile: old, encoding: .utf8)
                #expect(lines.hasPrefix("case_ref,at,mode,"))
            }
        }

        @Test func `rejected rows that cannot be written keep the others from being imported`() throws {
            let agency = try TestAgency.sealed()
            try OutputFixture.inTemporaryFolder { folder in
                let disk = try SmallDisk(over: folder, megabytes: 1)
                try disk.fill(leaving: 0)
                let before = try agency.recordCounts()
                let words = ["import", try SmallCaseload.folder(), "--skip-rejected", "--rejects", folder + "/rejects"]
                let result = try agency.run(words, as: "amy")
                #expect(result.status == 74, "\(result.stderr)")
                #expect(try agency.recordCounts() == before)
                withExtendedLifetime(disk) {}
            }
            try agency.expectSound()
        }

        @Test func `a database that does not fit is not made`() throws {
            let agency = try TestAgency.empty()
            let disk = try SmallDisk(over: agency.home, megabytes: 1)
            try disk.fill(leaving: 200_000)
            let words = ["init", "--agency", "Test Agency", "--admin", "amy"]
            try expectFull(try agency.run(words))
            #expect(try FileManager.default.contentsOfDirectory(atPath: agency.home) == ["ballast"])
            try disk.makeRoom()
            #expect(try agency.run(words).status == 0)
        }

        private static func visit(_ number: String) -> [String] {
            ["visit", "log", number, "--at", "2025-06-03T10:00", "--mode", "phone", "--with", "youth"]
        }

        private static func withVisit() throws -> (agency: TestAgency, number: String) {
            let agency = try TestAgency()
            let number = try agency.arrivedCase()
            try #require(try agency.run(visit(number)).status == 0)
            return (agency, number)
        }

        private func expectFull(
            _ result: CommandLineTool.Result,
            sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            #expect(result.status == 74, "\(result.stderr)", sourceLocation: sourceLocation)
            #expect(result.stdout.isEmpty, sourceLocation: sourceLocation)
            let says = result.stderr.lowercased()
            #expect(
                says.contains("disk is full") || says.contains("no space left"),
                "\(says)",
                sourceLocation: sourceLocation
            )
            #expect(says.contains("make room"), "\(says)", sourceLocation: sourceLocation)
        }
    }
}
