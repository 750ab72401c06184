import CrisisCare
import SQLite
import Services
import Storage
import Testing

/// Keys tell the order of entry, and are never the same.
struct SessionKeyTests {
    @Test func `the keys of one session ascend from change to change, refused ones included`() throws {
        let agency = try TestAgency()
        let session = try agency.open()
        var kept: [Int64] = []
        for round in 0..<20 {
            var files = CaseloadFiles()
            files.episode("R\(round)")
            files.visit("R\(round)")
            let source = agency.folder + "/round-\(round)"
            try files.write(to: source)
            var options = ImportOptions()
            options.createsMissing = true
            // What was imported and not kept leaves its keys unused.
            options.isDryRun = round % 3 == 1
            _ = try session.importCaseload(from: source, options)
            let keys = try agency.read { db in
                try db.all("SELECT id FROM visit UNION ALL SELECT id FROM episode ORDER BY id") { try $0.int64(0) }
            }
            let new = keys.filter { !kept.contains($0) }
            #expect(new.count == (options.isDryRun ? 0 : 2))
            #expect(new.allSatisfy { $0 > kept.last ?? 0 }, "round \(round)")
            kept = keys
        }
        withExtendedLifetime(agency) {}
    }
}
