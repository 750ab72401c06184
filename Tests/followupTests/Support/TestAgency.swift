import Foundation
import SQLite
import Testing

/// An agency in a temporary home: amy administers and supervises, sue supervises Hartford, bea is a clinician there,
/// tom a clinician in Torrington, ann an analyst. Everything is removed with it.
final class TestAgency: Sendable {
    let home: String
    var database: String { home + "/followup.db" }

    /// Made once by the program itself; every test gets a copy.
    private static let template = Result { try makeTemplate() }

    init() throws {
        home = try Self.makeFolder()
        for (name, data) in try Self.template.get() {
            try data.write(to: URL(filePath: "\(home)/\(name)"))
            // The program refuses a database on which others have rights.
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(home)/\(name)")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: home) }

    private init(empty: Void) throws { home = try Self.makeFolder() }

    /// A home without a database.
    static func empty() throws -> TestAgency { try TestAgency(empty: ()) }

    /// Runs the program on this agency's database as one of its people.
    @discardableResult
    func run(
        _ arguments: [String],
        as login: String = "bea",
        stdin: String = "",
        environment: [String: String] = [:]
    ) throws -> CommandLineTool.Result {
        try CommandLineTool.run(
            arguments,
            stdin: Data(stdin.utf8),
            environment: self.environment(as: login).merging(environment) { $1 }
        )
    }

    func environment(as login: String = "bea") -> [String: String] {
        ["HOME": home, "FOLLOWUP_DB": database, "FOLLOWUP_AS": login, "LANG": "C.UTF-8"]
    }

    /// Opens a mobile episode and returns its case number.
    func openCase(
        call: String = "2025-06-02T11:30",
        mode: String = "mobile",
        lastName: String = "Test",
        extra: [String] = []
    ) throws -> String {
        let words = Self.opening(call: call, mode: mode, lastName: lastName) + extra
        let result = try run(words + ["--format", "json"])
        return try #require(result.object?["case_number"] as? String, "\(result.stderr)")
    }

    static func opening(call: String = "2025-06-02T11:30", mode: String = "mobile", lastName: String = "Test")
        -> [String]
    {
        [
            "episode", "open", "--call", call, "--mode", mode, "--town", "Hartford", "--referral-source", "school",
            "--presenting-problem", "anxiety", "--first-name", "Only", "--last-name", lastName,
        ]
    }

    /// Opens a mobile episode that was reached half an hour after its call, on 2025-06-02 at noon.
    func arrivedCase(extra: [String] = []) throws -> String {
        let number = try openCase(extra: extra)
        let arrival = try run(["episode", "arrived", number, "--at", "2025-06-02T12:00"])
        try #require(arrival.status == 0, "\(arrival.stderr)")
        return number
    }

    /// Logs a visit and returns its id.
    func visit(_ number: String, at time: String, with metWith: String = "youth", _ extra: [String] = []) throws
        -> String
    {
        let words = ["visit", "log", number, "--at", time, "--mode", "phone", "--with", metWith]
        let result = try run(words + extra + ["--format", "json"])
        return try #require(result.object?["visit_id"] as? String, "\(result.stderr)")
    }

    private static func makeFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "followup-cli-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        return folder
    }

    private static func makeTemplate() throws -> [String: Data] {
        let agency = try TestAgency(empty: ())
        for words in [
            ["init", "--agency", "Test Agency", "--admin", "amy", "--admin-name", "Amy Adams"],
            ["site", "add", "Hartford", "--town", "Hartford", "--town", "East Hartford"],
            ["site", "add", "Torrington", "--town", "Torrington"],
            ["staff", "add", "bea", "--name", "Bea Brown", "--role", "clinician@Hartford"],
            ["staff", "add", "tom", "--name", "Tom Thorne", "--role", "clinician@Torrington"],
            ["staff", "add", "sue", "--name", "Sue Stone", "--role", "supervisor@Hartford"],
            ["staff", "add", "ann", "--name", "Ann Abel", "--role", "analyst"],
        ] {
            let result = try agency.run(words, as: "amy")
            try #require(result.status == 0, "\(result.stderr)")
        }
        // Nothing has the database open now, so that its files are whole as they lie.
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: agency.home) where !name.hasSuffix("-shm") {
            files[name] = try Data(contentsOf: URL(filePath: "\(agency.home)/\(name)"))
        }
        return files
    }
}
