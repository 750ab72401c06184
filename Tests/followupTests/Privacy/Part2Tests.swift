import Foundation
import SQLite
import Storage
import Testing

/// 42 CFR Part 2: the notice goes with every list, detail and file that holds such an episode, and with no other.
struct Part2Tests {
    private static let notice = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."

    /// An agency with a Part 2 case of 2 June 2025 and one that is none, of a month later.
    private static func agency() throws -> (agency: TestAgency, part2: String, other: String) {
        let agency = try TestAgency()
        let part2 = try agency.arrivedCase(extra: ["--part2"])
        let other = try agency.openCase(call: "2025-07-02T11:30", lastName: "Other")
        try agency.run(["episode", "arrived", other, "--at", "2025-07-02T12:00"])
        for (number, day) in [(part2, "2025-06-03"), (other, "2025-07-03")] {
            _ = try agency.visit(number, at: "\(day)T10:00")
            let add = ["add", number, "--service", "outpatient", "--agency", "Clinic"]
            for verb in [add, ["offer", number, "1"], ["send", number, "1"]] {
                let result = try agency.run(["referral"] + verb + ["--at", "\(day)T10:00"])
                try #require(result.status == 0, "\(result.stderr)")
            }
            try agency.run(["plan", "draft", number, "--file", "-"], stdin: PlanForms.form(review: "2025-07-10"))
            let plan = try agency.run(["plan", "activate", number, "--at", "\(day)T10:00"])
            try #require(plan.status == 0, "\(plan.stderr)")
        }
        return (agency, part2, other)
    }

    @Test func `a list or detail with such an episode says so on the standard error, in every format`() throws {
        let (agency, part2, other) = try Self.agency()
        for (words, holds) in [
            (["episode", "list"], true), (["episode", "list", "--from", "2025-07-01"], false),
            (["overdue"], true), (["overdue", "--as-of", "2025-06-12T09:00"], true),
            (["overdue", "--site", "Torrington"], false), (["today"], true), (["today", "--clinician", "tom"], false),
            (["visit", "list", part2], true), (["visit", "list", other], false),
            (["referral", "list"], true), (["referral", "list", part2], true), (["referral", "list", other], false),
            (["referral", "show", part2, "1"], true), (["referral", "show", other, "1"], false),
            (["client", "show", part2], true), (["client", "show", other], false),
            (["client", "find", part2], true), (["client", "find", "Other"], false),
            // Numbers alone are no record of anybody.
            (["overdue", "--count"], false), (["overdue", "--by", "site"], false),
        ] {
            for format in ["table", "csv", "json"] {
                let result = try agency.run(words + ["--format", format])
                #expect(result.status == 0, "\(words): \(result.stderr)")
                let said = result.stderr.components(separatedBy: Self.notice).count - 1
                #expect(said == (holds ? 1 : 0), "\(words) \(format): \(result.stderr)")
                #expect(!result.stdout.contains(Self.notice))
            }
        }
    }

    @Test func `show has the notice as a field, and as a line for people`() throws {
        let (agency, part2, other) = try Self.agency()
        for command in [["show"], ["episode", "show"]] {
            let json = try agency.run(command + [part2, "--format", "json"])
            #expect(json.object?["notice"] as? String == Self.notice)
            #expect(try agency.run(command + [other, "--format", "json"]).object?["notice"] is NSNull)
            #expect(try agency.run(command + [part2, "--format", "csv"]).stdout.contains(Self.notice))
            let table = try agency.run(command + [part2]).stdout
            #expect(table.components(separatedBy: .whitespacesAndNewlines).joined(separator: " ").contains(Self.notice))
            #expect(try !agency.run(command + [other]).stdout.contains("42 CFR part 2 prohibits"))
        }
    }

    @Test func `an exported file with such a row has the notice beside it, for its owner alone, another has not`()
        throws
    {
        let (agency, _, _) = try Self.agency()
        for kind in ["summary", "episodes", "visits", "plans", "referrals", "overdue"] {
            let path = "\(agency.home)/\(kind).csv"
            let result = try agency.run(["export", kind, "-o", path, "--quiet"])
            #expect(result.status == 0 && result.stderr.isEmpty, "\(kind): \(result.stderr)")
            let notice = path + ".part2-notice.txt"
            #expect(try String(contentsOfFile: notice, encoding: .utf8) == Self.notice + "\n")
            let modes = try FileManager.default.attributesOfItem(atPath: notice)[.posixPermissions] as? Int
            #expect(modes == 0o600)
            // The columns are the contract's: the file holds no word of it.
            let csv = try String(contentsOfFile: path, encoding: .utf8)
            #expect(!csv.contains("42 CFR"))
            let said = try agency.run(["export", kind])
            #expect(said.stderr.contains(Self.notice) && said.stdout == csv, "\(kind)")
        }
        for kind in ["summary", "episodes", "visits", "plans", "referrals"] {
            let path = "\(agency.home)/july-\(kind).csv"
            let result = try agency.run(["export", kind, "--from", "2025-07-01", "-o", path])
            #expect(result.status == 0 && !result.stderr.contains(Self.notice), "\(kind)")
            #expect(FileManager.default.fileExists(atPath: path))
            #expect(!FileManager.default.fileExists(atPath: path + ".part2-notice.txt"))
        }
        // The case has no extension, so that the file has no row of it.
        let path = "\(agency.home)/extensions.csv"
        #expect(try agency.run(["export", "extensions", "-o", path]).stderr.contains(Self.notice) == false)
        #expect(!FileManager.default.fileExists(atPath: path + ".part2-notice.txt"))
        #expect(try !FileManager.default.contentsOfDirectory(atPath: agency.home).contains { $0.hasSuffix(".part") })
    }

    @Test func `where the notice cannot be written, the file is not written either`() throws {
        let (agency, _, _) = try Self.agency()
        let path = "\(agency.home)/out.csv"
        try FileManager.default.createDirectory(atPath: path + ".part2-notice.txt", withIntermediateDirectories: false)
        let result = try agency.run(["export", "episodes", "-o", path])
        #expect(result.status == 74)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `the audit of a referral that is listed or shown names the case`() throws {
        let (agency, part2, _) = try Self.agency()
        for words in [["referral", "list", part2], ["referral", "show", part2, "1"]] {
            let before = try AuditedCases.of(agency).count
            #expect(try agency.run(words).status == 0)
            #expect(try AuditedCases.of(agency).dropFirst(before) == [part2])
            #expect(try agency.run(words, as: "tom").status == 77)
            #expect(try AuditedCases.of(agency).dropFirst(before) == [part2, part2])
            #expect(try StoredRows.audit(agency).last?.outcome == "refused: not-permitted")
        }
        let before = try AuditedCases.of(agency).count
        #expect(try agency.run(["referral", "list"]).status == 0)
        #expect(try AuditedCases.of(agency).dropFirst(before) == [nil])
    }
}

/// The number of the case that each entry of the audit names, in order.
private enum AuditedCases {
    static func of(_ agency: TestAgency) throws -> [String?] {
        let connection = try Database.open(agency.database, .readOnly, now: 0, programVersion: "test")
        return try connection.read { db in
            try db.all(
                """
                SELECT (e.case_order / 1000000000) || '-' || printf('%05d', e.case_order % 1000000000)
                FROM audit AS a LEFT JOIN episode AS e ON e.id = a.episode
                WHERE a.outcome <> 'begun' ORDER BY a.seq
                """
            ) { try $0.optionalText(0) }
        }
    }
}
