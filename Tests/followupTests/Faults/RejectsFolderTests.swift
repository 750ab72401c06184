import Foundation
import Testing

/// Where the rows that an import refuses are written, and what they never take the place of.
struct RejectsFolderTests {
    /// A folder with a file of visits of no case, all of which are refused.
    private static func source(_ agency: TestAgency) throws -> (folder: String, file: String, bytes: Data) {
        let folder = agency.home + "/files"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let header = try agency.run(["export", "visits"], as: "amy").stdout.split(whereSeparator: \.isNewline)[0]
        let cells = header.split(separator: ",", omittingEmptySubsequences: false).map { name in
            switch name {
            case "case_ref": "L-1"
            case "at": "2025-06-03T10:00:00-04:00"
            case "mode": "phone"
            case "met_with": "youth"
            default: ""
            }
        }
        let bytes = Data("\(header)\n\(cells.joined(separator: ","))\n".utf8)
        try bytes.write(to: URL(filePath: folder + "/visits.csv"))
        return (folder, folder + "/visits.csv", bytes)
    }

    @Test func `refused rows never take the place of the caseload, by whatever name`() throws {
        let agency = try TestAgency()
        let source = try Self.source(agency)
        let link = agency.home + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: source.folder)
        let before = try agency.recordCounts()
        for place in [source.folder, source.folder + "/", source.folder + "/../files", link] {
            let words = ["import", source.folder, "--skip-rejected", "--rejects", place]
            let result = try agency.run(words, as: "amy")
            #expect(result.status == 64, "\(place): \(result.stderr)")
            #expect(result.stderr.contains("folder that is imported") && result.stderr.contains("--rejects"))
        }
        #expect(try Data(contentsOf: URL(filePath: source.file)) == source.bytes)
        #expect(try agency.recordCounts() == before)
    }

    @Test func `a file that is there is named and not replaced, and nothing is imported`() throws {
        let agency = try TestAgency()
        let source = try Self.source(agency)
        let place = agency.home + "/rejects"
        let words = ["import", source.folder, "--skip-rejected", "--rejects", place]
        #expect(try agency.run(words, as: "amy").status == 0)
        let mended = Data("half mended".utf8)
        try mended.write(to: URL(filePath: place + "/visits.csv"))
        let result = try agency.run(words, as: "amy")
        #expect(result.status == 64 && result.stderr.contains("holds visits.csv already"), "\(result.stderr)")
        #expect(try Data(contentsOf: URL(filePath: place + "/visits.csv")) == mended)
    }

    @Test func `a folder that was made for nothing goes again`() throws {
        let agency = try TestAgency()
        let source = try Self.source(agency)
        let place = agency.home + "/rejects"
        for (login, status) in [("ann", Int32(77)), ("bea", 77)] {
            let result = try agency.run(["import", source.folder, "--rejects", place], as: login)
            #expect(result.status == status, "\(result.stderr)")
            #expect(!FileManager.default.fileExists(atPath: place))
        }
        // Somebody's own folder stays, be it empty.
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
        #expect(try agency.run(["import", source.folder, "--rejects", place], as: "ann").status == 77)
        #expect(FileManager.default.fileExists(atPath: place))
    }
}
