import Foundation
import Testing

@testable import followup

extension Faults {
    /// Kills and full disks while a database is copied or put back: only the state before or after is accepted.
    @Suite(.serialized) struct BackupFaultTests {
        private static func seconds(_ body: () throws -> CommandLineTool.Result) throws -> Double {
            let start = Date()
            let result = try body()
            try #require(result.status == 0, "\(result.stderr)")
            return Date().timeIntervalSince(start)
        }

        private static func killed(
            _ run: RunningTool,
            after typical: Double,
            using random: inout OutputFixture.Generator
        ) throws -> Int32 {
            usleep(UInt32(Double.random(in: 0...(typical * 1.1), using: &random) * 1_000_000))
            run.kill()
            return try run.wait().status
        }

        private static func secret(_ agency: TestAgency) throws -> String {
            let path = agency.home + "/passphrase"
            try Data("marmalade on seven teapots".utf8).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            return path
        }

        @Test(arguments: [false, true])
        func `a backup that is killed is there whole or not at all`(isSealed: Bool) throws {
            let agency = try SmallCaseload.imported()
            let drive = agency.home + "/drive"
            try FileManager.default.createDirectory(atPath: drive, withIntermediateDirectories: false)
            let sealing = isSealed ? ["--encrypt", "--passphrase-file", try Self.secret(agency)] : []
            let typical = try Self.seconds { try agency.run(["backup", drive + "/clean"] + sealing, as: "amy") }
            var killed = 0
            for round in 0..<((isSealed ? 8 : 24) * Faults.rounds) {
                var random = OutputFixture.Generator(seed: UInt64(round))
                let file = "\(drive)/\(round)"
                let run = try agency.start(["backup", file] + sealing, as: "amy")
                let status = try Self.killed(run, after: typical, using: &random)
                let isThere = FileManager.default.fileExists(atPath: file)
                if status == 0 { #expect(isThere, "seed \(round)") } else { killed += 1 }
                if isThere {
                    let rehearsal = ["restore", file, "--db", "\(drive)/place.db", "--dry-run"] + sealing.dropFirst()
                    let result = try agency.run(rehearsal, as: "amy")
                    #expect(result.status == 0, "seed \(round): \(result.stderr)")
                }
                // What is left has a name that nobody takes for a backup.
                let left = try FileManager.default.contentsOfDirectory(atPath: drive)
                #expect(left.allSatisfy { Int($0) != nil || $0 == "clean" || $0.contains(".unfinished-") }, "\(left)")
            }
            #expect(killed > 0)
            try agency.expectSound()
        }

        @Test func `a restore that is killed leaves the old database or the restored one, and never none`() throws {
            let agency = try TestAgency.sealed()
            _ = try agency.arrivedCase()
            let backup = agency.home + "/backup.db"
            let made = try agency.run(["backup", backup], as: "amy")
            try #require(made.status == 0, "\(made.stderr)")
            func cases() throws -> Int? { try agency.recordCounts()["episode"] }
            let typical = try Self.seconds { try agency.run(["restore", backup, "--force"], as: "amy") }
            var killed = 0
            var outcomes: Set<Int> = []
            for round in 0..<(30 * Faults.rounds) {
                var random = OutputFixture.Generator(seed: UInt64(round))
                if try cases() == 1 { _ = try agency.openCase() }
                let run = try agency.start(["restore", backup, "--force"], as: "amy")
                let status = try Self.killed(run, after: typical, using: &random)
                let count = try cases()
                #expect(count == 1 || count == 2 && status != 0, "seed \(round), status \(status)")
                if status != 0 { killed += 1 }
                outcomes.insert(count ?? -1)
                try agency.expectSound("seed \(round)")
                // Whatever was replaced is kept whole.
                for name in try FileManager.default.contentsOfDirectory(atPath: agency.home)
                where name.contains(".replaced-") && !name.hasSuffix("-wal") && !name.hasSuffix("-shm") {
                    let result = try agency.run(["check", "--db", "\(agency.home)/\(name)"], as: "amy")
                    #expect(result.status == 0, "seed \(round): \(result.stdout)")
                    try FileManager.default.removeItem(atPath: "\(agency.home)/\(name)")
                }
            }
            #expect(killed > 0)
        }

        @Test(.enabled(if: SmallDisk.canMount, SmallDisk.skipped), arguments: [false, true])
        func `a backup for which the disk is too full says so and leaves nothing`(isSealed: Bool) throws {
            let agency = try SmallCaseload.imported()
            let drive = agency.home + "/drive"
            try FileManager.default.createDirectory(atPath: drive, withIntermediateDirectories: false)
            let disk = try SmallDisk(over: drive)
            let sealing = isSealed ? ["--encrypt", "--passphrase-file", try Self.secret(agency)] : []
            for room in [0, 4_096, 65_536, 200_000] {
                try disk.fill(leaving: room)
                let result = try agency.run(["backup", drive + "/copy"] + sealing, as: "amy")
                #expect(result.status == ExitStatus.inputOutput.rawValue, "\(room): \(result.stderr)")
                #expect(result.stderr.contains("disk is full"), "\(result.stderr)")
                #expect(try FileManager.default.contentsOfDirectory(atPath: drive) == ["ballast"])
                try disk.makeRoom()
            }
            let result = try agency.run(["backup", drive + "/copy"] + sealing, as: "amy")
            #expect(result.status == 0, "\(result.stderr)")
            try agency.expectSound()
        }

        @Test(.enabled(if: SmallDisk.canMount, SmallDisk.skipped))
        func `a restore for which the disk is too full leaves the old database`() throws {
            let (agency, disk) = try TestAgency.onSmallDisk(SmallCaseload.imported())
            let source = try SmallCaseload.imported()
            let backup = source.home + "/backup.db"
            try #require(try source.run(["backup", backup], as: "amy").status == 0)
            let before = try agency.recordCounts()
            for room in [16_384, 65_536, 200_000] {
                try disk.fill(leaving: room)
                let result = try agency.run(["restore", backup, "--force"], as: "amy")
                #expect(result.status == ExitStatus.inputOutput.rawValue, "\(room): \(result.stderr)")
                try disk.makeRoom()
                #expect(try agency.recordCounts() == before)
                #expect(try agency.strayFiles() == [])
                try agency.expectSound()
            }
            #expect(try agency.run(["restore", backup, "--force"], as: "amy").status == 0)
            try agency.expectSound()
        }
    }
}
