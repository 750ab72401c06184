import CaseloadOracle
import Foundation
import Testing

/// Generated caseloads in flight, of a past in which nothing depends on the day of the test. The autumn change of the
/// clocks lies in them.
enum SmallCaseload {
    /// The instant at which both stand, and its seconds since 1970.
    static let asOf = "2024-11-20T09:00"
    static let asOfSeconds: Int64 = 1_732_111_200

    private static let period = ["--messy", "--from", "2024-08-01", "--to", "2024-11-20", "--as-of", asOf]

    /// A dozen cases: an import of a fifth of a second.
    static func tiny() throws -> String {
        try GeneratedCaseload.make(arguments: period + ["--episodes", "12", "--children", "9", "--seed", "7"])
    }

    /// All five files have rows.
    static func folder() throws -> String {
        try GeneratedCaseload.make(arguments: period + ["--episodes", "150", "--children", "110", "--seed", "16"])
    }

    /// The agency with the caseload of `folder` in it, imported once for all tests.
    static func imported() throws -> TestAgency {
        let agency = try TestAgency.empty()
        for (name, data) in try template.get() { try data.write(to: URL(filePath: "\(agency.home)/\(name)")) }
        try agency.seal()
        return agency
    }

    private static let template = Result {
        let agency = try TestAgency()
        let result = try agency.run(["import", folder(), "--create-missing"], as: "amy")
        try #require(result.status == 0, "\(result.stderr)")
        var files: [String: Data] = [:]
        for name in ["followup.db", "followup.db-wal"] {
            files[name] = try Data(contentsOf: URL(filePath: "\(agency.home)/\(name)"))
        }
        return files
    }
}
