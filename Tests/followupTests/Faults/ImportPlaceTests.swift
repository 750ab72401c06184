import Foundation
import Testing

/// Where an import keeps rows that wait for their cases: in the folder of the database's own file, or nowhere.
@Suite(.enabled(if: DroppedRights.canDrop, DroppedRights.skipped)) struct ImportPlaceTests {
    private static let refusal = "an import needs to write in the database's folder; nothing was imported"

    private func run(_ agency: TestAgency, _ words: [String], database: String? = nil) throws -> CommandLineTool.Result
    {
        var environment = agency.environment(as: "amy")
        if let database { environment["FOLLOWUP_DB"] = database }
        return try RunningTool(words, environment: environment, under: DroppedRights.words).wait()
    }

    private func importing() throws -> [String] { ["import", try SmallCaseload.tiny(), "--create-missing"] }

    @Test func `an import is refused where the database's folder cannot be written, and other entries are not`() throws
    {
        let agency = try TestAgency.sealed()
        let number = try agency.arrivedCase()
        let before = try agency.recordCounts()
        let (refused, visit) = try DroppedRights.closing(agency.home) {
            let words = ["visit", "log", number, "--at", "2025-06-03T10:00", "--mode", "phone", "--with", "youth"]
            return (try run(agency, importing()), try run(agency, words))
        }
        #expect(refused.status == 77, "\(refused.stderr)")
        #expect(refused.stderr.contains(Self.refusal), "\(refused.stderr)")
        #expect(refused.stderr.contains("Have the folder's owner give you the rights on it"), "\(refused.stderr)")
        #expect(refused.stdout.isEmpty)
        #expect(visit.status == 0, "\(visit.stderr)")
        var after = try agency.recordCounts()
        #expect(after["visit"] == 1)
        after["visit"] = before["visit"]
        #expect(after.filter { $0.key != "deadline" } == before.filter { $0.key != "deadline" })
        let allowed = try run(agency, importing())
        #expect(allowed.status == 0, "\(allowed.stderr)")
        try agency.expectSound()
    }

    @Test func `behind a link it is the folder of the file that counts, not that of the link`() throws {
        let agency = try TestAgency.sealed()
        // Makes the file that SQLite shares between processes.
        try agency.expectSound()
        try OutputFixture.inTemporaryFolder { folder in
            let link = folder + "/link.db"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: agency.database)
            let before = try agency.recordCounts()
            let refused = try DroppedRights.closing(agency.home) { try run(agency, importing(), database: link) }
            #expect(refused.status == 77, "\(refused.stderr)")
            #expect(refused.stderr.contains(Self.refusal), "\(refused.stderr)")
            #expect(try agency.recordCounts() == before)
            let kept = try DroppedRights.closing(folder) { try run(agency, importing(), database: link) }
            #expect(kept.status == 0, "\(kept.stderr)")
            #expect(try agency.recordCounts()["episode", default: 0] > 5)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["link.db"])
        }
        #expect(try agency.strayFiles() == [])
        try agency.expectSound()
    }
}
