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

        @Test func `of readers, writers and an import at once each has done its work, or says that it has not`() throws
        {
            let agency = try TestAgency.sealed()
            let number = try agency.arrivedCase()
            var runs = [("import", try agency.start(["import", SmallCaseload.tiny(), "--create-missing"], as: "amy"))]
            for index in 0..<8 {
                runs.append(("visit log", try agency.start(log(number, index))))
                runs.append(("overdue", try agency.start(["overdue", "--count"])))
                runs.append(("export summary", try agency.start(["export", "summary"], as: "amy")))
            }
            var done: [String: Int] = [:]
            for (action, run) in runs {
                let result = try run.wait()
                // On a machine that is busy enough, an import outlasts the others' patience.
                #expect(result.status == 0 || result.status == 75, "\(action): \(result.stderr)")
                #expect(result.status == 0 || result.stdout.isEmpty, "\(action)")
                if result.status == 0 { done[action, default: 0] += 1 }
            }
            for action in Set(runs.map(\.0)) where action != "visit log" {
                #expect(try agency.auditCount(of: action) == done[action, default: 0], "\(action)")
            }
            let notes = try StoredRows.notes(agency).filter { $0.hasPrefix("number ") }
            #expect(notes.count == done["visit log", default: 0])
            #expect(done.values.reduce(0, +) > 0)
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
