import CrisisCare
import Foundation
import Reports
import Services
import Storage
import Testing

/// Files and merges: what goes out names the kept client, and what comes in reaches it.
struct MergedCaseloadTests {
    private func merged() throws -> TestAgency {
        let agency = try TestAgency()
        var files = CaseloadFiles()
        files.episode("A", ["client_ref": "KEPT"])
        files.episode("B", ["client_ref": "DOUBLE", "first_name": "Twin", "minor_consented": "yes"])
        files.visit("A")
        files.visit("B")
        files.referral("B")
        try agency.take(files)
        _ = try agency.open().mergeClients(keeping: "KEPT", duplicate: "DOUBLE", reason: "x")
        return agency
    }

    @Test func `export names the kept client, and export, import, export gives the same bytes`() throws {
        let agency = try merged()
        let folder = agency.folder + "/out"
        let first = try agency.exportAll(to: folder)
        let text = String(decoding: try #require(first[.episodes]), as: UTF8.self)
        #expect(text.components(separatedBy: "KEPT").count == 3 && !text.contains("DOUBLE") && !text.contains("Twin"))
        let second = try TestAgency()
        try second.importCaseload(folder)
        #expect(try second.exportAll(to: second.folder + "/out") == first)
        var summary: [[Cell]] = []
        try agency.open().exportSummary(in: Period(), asOf: nil) { summary.append($0) }
        let place = try #require(EpisodeSummary.columns.firstIndex { $0.key == "client_ref" })
        #expect(summary.map { $0[place] } == [.text("KEPT"), .text("KEPT")])
    }

    @Test func `an import with the duplicate's reference goes to the kept client, whichever of the two it describes`()
        throws
    {
        let agency = try merged()
        var files = CaseloadFiles()
        files.episode("C", ["client_ref": "DOUBLE", "first_name": "Twin", "last_name": "Child B"])
        files.episode("D", ["client_ref": "DOUBLE", "last_name": "Child A"])
        files.episode("E", ["client_ref": "KEPT", "last_name": "Child A"])
        try agency.take(files)
        let counts = try agency.read { db in
            try ["KEPT", "DOUBLE"].map { ref in
                try ClientStore.counts(of: #require(try ClientStore.find(recordedAs: ref, in: db)).id, in: db).episodes
            }
        }
        #expect(counts == [5, 0])
        #expect(try agency.errors() == [])
        var wrong = CaseloadFiles()
        let line = wrong.episode("F", ["client_ref": "DOUBLE", "first_name": "Somebody", "last_name": "Child B"])
        try agency.expectRefusal(of: wrong, .episodes, line: line, .clientConflict, secret: "Somebody")
        // The kept client's own reference takes the kept client's name alone.
        var other = CaseloadFiles()
        other.episode("G", ["client_ref": "KEPT", "first_name": "Twin", "last_name": "Child B"])
        try agency.expectRefusal(of: other, .episodes, line: 2, .clientConflict)
    }
}
