import CivilTime
import CrisisCare
import Foundation
import SQLite
import Storage
import Testing

@testable import Services

/// The thread that decides reads the record through a connection of its own, which has to see what the other sees.
struct ImportReplacedTests {
    /// What the desk of an import hands over first, when it finds at `path` what `prepare` left there.
    private func firstPiece(_ agency: TestAgency, at path: String) throws -> CaseloadDesk.Piece {
        var files = CaseloadFiles()
        files.episode("A")
        let folder = agency.folder + "/files"
        try files.write(to: folder)
        var options = ImportOptions()
        options.createsMissing = true
        return try agency.open().change("import", needing: .importCases) { change, db in
            let desk = CaseloadDesk(
                folder,
                options,
                path: path,
                try AuditChain.end(in: db),
                change,
                ImportNames(try Directory.load(in: db), createsMissing: true)
            )
            // Room for all that it hands over, so that it needs no thread of its own here.
            let handover = Handover<CaseloadDesk.Piece>(capacity: 100)
            desk.run(handover)
            return try handover.take()
        }
    }

    @Test func `a record that was replaced between the two connections ends the import, which keeps nothing`() throws {
        let agency = try TestAgency()
        let other = agency.folder + "/other.db"
        _ = try agency.open().backUp(to: other)
        // The copy is one entry behind, which the backup left: as after a restore, another record lies at the place.
        let before = try agency.tableCounts()
        let error = #expect(throws: SQLiteError.self) { _ = try firstPiece(agency, at: other) }
        #expect(error?.kind == .replaced)
        #expect(error?.description.contains("Nothing was saved; run the command again") == true)
        #expect(try agency.tableCounts() == before)
        withExtendedLifetime(agency) {}
    }

    @Test func `of the record as it was before, the import is decided`() throws {
        let agency = try TestAgency()
        guard case .cases(let results, ofRows: 1) = try firstPiece(agency, at: agency.path) else {
            Issue.record("the desk did not decide the case")
            return
        }
        #expect(results.count == 1 && results.allSatisfy { $0.work != nil && $0.refused.isEmpty })
        withExtendedLifetime(agency) {}
    }
}
