import Foundation
import Testing

extension TestAgency {
    /// What `check` finds wrong with the records; the copied test file's modes are not looked at.
    func wrongRecords() throws -> [String] {
        let result = try run(["check", "--format", "json"], as: "amy")
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [[String: Any]])
        #expect(rows.contains { $0["check"] as? String == "deadlines" })
        return rows.filter { $0["status"] as? String == "error" && $0["check"] as? String != "file modes" }
            .compactMap { $0["finding"] as? String }
    }
}
