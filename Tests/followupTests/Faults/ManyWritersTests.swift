import Foundation
import Testing

extension Faults {
    /// Everybody comes back from their visits at once.
    @Suite(.serialized) struct ManyWritersTests {
        @Test func `forty people who log a visit at once leave forty visits and forty audit entries`() throws {
            let agency = try TestAgency.sealed()
            let number = try agency.arrivedCase()
            let runs = try (0..<40).map { index in
                try agency.start(log(number, index))
            }
            let results = try runs.map { try $0.wait() }
            for result in results { #expect(result.status == 0, "\(result.stderr)") }
            let ids = results.compactMap { $0.object?["visit_id"] as? String }
            #expect(Set(ids).count == 40)
            #expect(try StoredRows.notes(agency).sorted() == (0..<40).map(note).sorted())
            #expect(try agency.auditCount(of: "visit log") == 40)
            try agency.expectSound()
        }

        @Test func `readers, writers and an import at once all get their turn`() throws {
            let agency = try TestAgency.sealed()
            let number = try agency.arrivedCase()
            let folder = try SmallCaseload.tiny()
            var runs: [RunningTool] = [try agency.start(["import", folder, "--create-missing"], as: "amy")]
            for index in 0..<8 {
                runs.append(try agency.start(log(number, index)))
                runs.append(try agency.start(["overdue", "--count"]))
                runs.append(try agency.start(["export", "summary"], as: "amy"))
            }
            for run in runs {
                let result = try run.wait()
                #expect(result.status == 0, "\(result.stderr)")
            }
            #expect(try StoredRows.notes(agency).filter { $0.hasPrefix("number ") }.count == 8)
            #expect(try agency.auditCount(of: "overdue") == 8)
            #expect(try agency.auditCount(of: "export summary") == 8)
            #expect(try agency.auditCount(of: "import") == 1)
            try agency.expectSound()
        }

        @Test func `of several that make one database, one does, and the others leave it alone`() throws {
            let agency = try TestAgency.empty()
            let words = ["init", "--agency", "Test Agency", "--admin", "amy"]
            let results = try (0..<8).map { _ in try agency.start(words) }.map { try $0.wait() }
            #expect(results.count { $0.status == 0 } == 1)
            for result in results where result.status != 0 {
                #expect(result.status == 74, "\(result.stderr)")
                #expect(result.stderr.contains("there is a file at"), "\(result.stderr)")
            }
            try agency.expectSound()
            #expect(try agency.auditCount(of: "init") == 1)
            #expect(try agency.strayFiles().isEmpty)
        }

        private func note(_ index: Int) -> String { "number \(index)" }

        private func log(_ number: String, _ index: Int) -> [String] {
            [
                "visit", "log", number, "--at", "2025-06-03T10:00", "--mode", "phone", "--with", "youth", "--note",
                note(index), "--format", "json",
            ]
        }
    }
}
