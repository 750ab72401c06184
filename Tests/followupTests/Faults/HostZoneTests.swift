import Foundation
import Testing

/// The host stands anywhere, the agency in New York.
struct HostZoneTests {
    private static let lists: [[String]] = [
        ["overdue", "--as-of", SmallCaseload.asOf, "--format", "csv"],
        ["overdue", "--as-of", SmallCaseload.asOf],
        ["overdue", "--as-of", "2024-11-03T00:30", "--by", "site", "--format", "csv"],
        ["export", "summary", "--as-of", SmallCaseload.asOf],
        ["export", "summary", "--from", "2024-10-31", "--to", "2024-11-03", "--as-of", "2024-11-04T00:00"],
        ["export", "visits", "--to", "2024-09-30"],
        ["export", "episodes"],
    ]

    @Test func `lists and exports are the same bytes whatever zone the host is in`() throws {
        let agency = try SmallCaseload.imported()
        for words in Self.lists {
            let here = try agency.run(words, as: "amy", environment: ["TZ": "America/New_York"])
            try #require(here.status == 0, "\(here.stderr)")
            try #require(
                here.stdout.split(whereSeparator: \.isNewline).count > 3,
                "\(words) lists too little to compare"
            )
            for zone in ["Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC", "EST5EDT9", ":/nowhere"] {
                let there = try agency.run(words, as: "amy", environment: ["TZ": zone])
                #expect(there.status == 0, "\(there.stderr)")
                #expect(there.stdout == here.stdout, "\(zone): \(words)")
            }
        }
    }

    @Test func `a case that is entered in another zone is the same case`() throws {
        var shown: [[String]: Set<String>] = [:]
        for zone in ["America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"] {
            let agency = try TestAgency()
            let environment = ["TZ": zone]
            let number = try agency.openCase(call: "2025-11-01T23:50")
            for words in [
                ["episode", "arrived", number, "--at", "2025-11-02T00:20"],
                ["visit", "log", number, "--at", "2025-12-14T23:59", "--mode", "phone", "--with", "youth"],
            ] {
                let result = try agency.run(words, environment: environment)
                #expect(result.status == 0, "\(zone): \(result.stderr)")
            }
            let words = ["visit", "log", number, "--at", "2025-12-15T00:00", "--mode", "phone", "--with", "youth"]
            let late = try agency.run(words, environment: environment)
            #expect(late.status == 1, "\(zone)")
            #expect(late.stderr.hasPrefix("refused [window-closed]"), "\(zone): \(late.stderr)")
            for list in [["overdue"], ["episode", "list", "--all"]] {
                let words = list + ["--as-of", "2026-01-15T12:00", "--format", "csv"]
                let result = try agency.run(words, as: "amy", environment: environment)
                #expect(result.status == 0, "\(result.stderr)")
                shown[list, default: []].insert(result.stdout)
            }
        }
        #expect(shown.values.allSatisfy { $0.count == 1 })
    }

    @Test func `without zone data every command that needs the zone fails and says what to install`() throws {
        let agency = try SmallCaseload.imported()
        let number = try Self.anyCase(agency)
        let before = try agency.recordCounts()
        try OutputFixture.inTemporaryFolder { empty in
            for words in [
                ["overdue"], ["overdue", "--count"], ["export", "summary"], ["export", "visits"], ["show", number],
                ["visit", "log", number, "--mode", "phone", "--with", "youth"],
                ["import", try SmallCaseload.tiny(), "--create-missing"], ["check"],
            ] {
                for tz in ["", "America/New_York", "UTC"] {
                    let result = try agency.run(words, as: "amy", environment: ["TZDIR": empty, "TZ": tz])
                    #expect(result.status == 69, "\(words): \(result.stderr)")
                    #expect(result.stderr.contains("tzdata"), "\(words): \(result.stderr)")
                    #expect(result.stdout.isEmpty, "\(words)")
                }
            }
            let new = try TestAgency.empty()
            let made = try new.run(["init", "--agency", "Test"], environment: ["TZDIR": empty])
            #expect(made.status == 69, "\(made.stderr)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: new.home).isEmpty)
        }
        #expect(try agency.recordCounts() == before)
    }

    private static func anyCase(_ agency: TestAgency) throws -> String {
        let list = try agency.run(["episode", "list", "--all", "--limit", "1", "--format", "csv"], as: "amy")
        let line = try #require(list.stdout.split(whereSeparator: \.isNewline).last)
        return String(try #require(line.split(separator: ",").first))
    }
}
