import Foundation
import Testing

/// The supervisor's lists as they are run: filters, groups, and what scripts rely on.
struct WorklistCommandTests {
    private let agency: TestAgency
    private let number: String

    init() throws {
        agency = try TestAgency()
        number = try agency.arrivedCase()
    }

    private func lines(_ words: [String], as login: String = "sue") throws -> [String] {
        let result = try agency.run(words + ["--format", "csv"], as: login)
        #expect(result.status == 0, "\(words): \(result.stderr)")
        return result.stdout.split(separator: "\r\n").map(String.init)
    }

    @Test func `overdue is counted in groups that add up to its lines`() throws {
        let asOf = ["--as-of", "2025-06-20T12:00"]
        let all = try lines(["overdue"] + asOf).dropFirst()
        #expect(all.count == 2)
        for group in ["clinician", "site", "kind"] {
            let groups = try lines(["overdue", "--by", group] + asOf)
            #expect(groups[0] == "\(group),deadlines,days_overdue_most")
            let sum = groups.dropFirst().compactMap { Int($0.split(separator: ",")[1]) }.reduce(0, +)
            #expect(sum == all.count)
        }
        #expect(try agency.run(["overdue", "--count"] + asOf, as: "sue").stdout == "2\n")
        #expect(try agency.run(["overdue", "--count", "--kind", "safety-plan"] + asOf, as: "sue").stdout == "1\n")
        #expect(try lines(["overdue", "--limit", "1"] + asOf) == Array(try lines(["overdue"] + asOf).prefix(2)))
        #expect(try agency.run(["overdue", "--check"] + asOf, as: "sue").status == 3)
        #expect(try agency.run(["overdue", "--check", "--as-of", "2025-06-02T12:30"], as: "sue").status == 0)
        // What falls due in three days is added, to its last second.
        #expect(try lines(["overdue", "--within", "1", "--as-of", "2025-06-02T12:30"]).count == 1)
        #expect(try lines(["overdue", "--within", "2", "--as-of", "2025-06-02T12:30"]).count == 2)
        for wrong in [
            ["--by", "site", "--count"], ["--count", "--limit", "1"], ["--within", "-1"],
        ] {
            #expect(try agency.run(["overdue"] + wrong, as: "sue").status == 64, "\(wrong)")
        }
    }

    @Test func `episodes are narrowed by every filter, and by several at once`() throws {
        _ = try agency.visit(number, at: "2025-06-03T10:00")
        let other = try agency.openCase(call: "2025-06-05T11:30", lastName: "Second")
        func found(_ words: String...) throws -> [String] {
            try lines(["episode", "list"] + words).dropFirst().map { String($0.prefix { $0 != "," }) }
        }
        #expect(try found() == [number, other])
        #expect(try found("--open") == [number, other])
        #expect(try found("--no-contact") == [other])
        #expect(try found("--no-plan") == [number, other])
        #expect(try found("--no-plan", "--no-contact") == [other])
        #expect(try found("--closing-soon") == [number])
        #expect(try found("--waiting-on-referral") == [])
        #expect(try found("--extended") == [])
        #expect(try found("--unable-to-reach") == [])
        #expect(try found("--owed-disposition") == [])
        #expect(try found("--limit", "1") == [number])
        #expect(try found("--limit", "1", "--after", number) == [other])
        #expect(try found("--closing-soon", "--within", "0", "--as-of", "2025-07-13T12:00") == [])
        #expect(try found("--closing-soon", "--within", "1", "--as-of", "2025-07-13T12:00") == [number])
        for wrong in [
            ["--open", "--all"], ["--within", "3"], ["--limit", "0"], ["--owed-disposition", "--as-of", "now"],
        ] {
            #expect(try agency.run(["episode", "list"] + wrong, as: "sue").status == 64, "\(wrong)")
        }
        #expect(try agency.run(["episode", "list", "--after", "2025-09999"], as: "sue").status == 66)
    }

    @Test func `a caseload has a line for each clinician of the site`() throws {
        let found = try lines(["caseload"])
        #expect(
            found[0]
                == "clinician,open_cases,overdue,cases_overdue,closing_soon,no_contact,contacts_this_week,"
                + "attempts_this_week"
        )
        #expect(found.dropFirst().map { String($0.prefix(4)) } == ["bea,"])
        #expect(found[1].hasPrefix("bea,1,"))
        #expect(try lines(["caseload"], as: "tom").dropFirst() == ["tom,0,0,0,0,0,0,0"])
        #expect(try agency.run(["caseload"], as: "ann").status == 77)
    }

    @Test func `changes tell what was done, by whom, and no value`() throws {
        _ = try agency.visit(number, at: "2025-06-03T10:00", with: "youth", ["--note", "SECRET"])
        let found = try lines(["changes", "--since", "today"])
        #expect(found[0] == "at,by,change,case_number,fields")
        #expect(found[1].contains(",bea,visit log,\(number),"))
        #expect(!found.joined().contains("SECRET"))
        #expect(try lines(["changes", "--since", "yesterday", "--by", "sue"]).count == 1)
        #expect(try lines(["changes", "--since", "tomorrow"]).count == 1)
        #expect(try agency.run(["changes"], as: "sue").status == 64)
        #expect(try agency.run(["changes", "--since", "whenever"], as: "sue").status == 64)
        #expect(try agency.run(["changes", "--since", "today", "--case", number], as: "tom").status == 77)
    }

    @Test func `a policy is set from a day that no case has, and shown`() throws {
        let words = ["policy", "set", "youth mobile crisis", "--from", "tomorrow", "--window-days", "45"]
        let dry = try agency.run(words + ["--dry-run", "--format", "json"], as: "amy")
        #expect(dry.object?["changed"] as? String == "window_days")
        #expect(try agency.run(words, as: "amy").status == 0)
        #expect(try agency.run(["policy", "show", "--format", "csv"]).stdout.contains(",45,"))
        #expect(try agency.run(words, as: "sue").status == 77)
        let early = try agency.run(
            ["policy", "set", "youth mobile crisis", "--from", "2025-06-02", "--window-days", "45"],
            as: "amy"
        )
        #expect(early.status == 1 && early.stderr.hasPrefix("refused [in-use]: "))
        for wrong in [
            ["--window-days", "0"], ["--window-days", "-1"], ["--window-days", "six"], ["--extension-days", "none"],
            ["--phone-only-follow-up", "maybe"], ["--response-clock", "noon"], [],
        ] {
            let result = try agency.run(
                ["policy", "set", "youth mobile crisis", "--from", "tomorrow"] + wrong,
                as: "amy"
            )
            #expect(result.status == 64, "\(wrong)")
        }
        for (option, value, range) in [
            ("--window-days", "367", "1 to 366, or none"), ("--window-days", "99999999999", "1 to 366, or none"),
            ("--arrival-minutes", "1441", "1 to 1440, or none"), ("--extension-days", "400", "0 to 366."),
            ("--attempts-before-unable-to-reach=-1", nil, "0 to 50."), ("--oldest-age", "131", "0 to 130, or none"),
        ] {
            let words = ["policy", "set", "youth mobile crisis", "--from", "tomorrow", option]
            let result = try agency.run(words + [value].compactMap(\.self), as: "amy")
            #expect(result.status == 64 && result.stderr.contains("takes a number from \(range)"), "\(result.stderr)")
        }
        let widest = ["policy", "set", "youth mobile crisis", "--from", "+3d", "--window-days", "366"]
        #expect(try agency.run(widest + ["--arrival-minutes", "1440"], as: "amy").status == 0)
        let none = ["policy", "set", "youth mobile crisis", "--from", "+2d", "--safety-plan-days", "none"]
        #expect(try agency.run(none + ["--oldest-age", "0", "--extension-days", "0"], as: "amy").status == 0)
    }

    @Test func `codes are listed, added and retired`() throws {
        let add = ["code", "add", "referral-source", "urgent crisis center"]
        #expect(try agency.run(add + ["--dry-run"], as: "amy").stderr.contains("dry run: nothing was kept"))
        #expect(try agency.run(add, as: "amy").status == 0)
        #expect(try lines(["code", "list", "referral-source"]).last == "referral-source,urgent crisis center,no,no")
        #expect(try lines(["code", "list", "discharge-reason"]).contains("discharge-reason,unable to reach,yes,no"))
        #expect(try agency.run(["code", "retire", "referral-source", "urgent crisis center"], as: "amy").status == 0)
        #expect(try lines(["code", "list", "referral-source"]).last == "referral-source,urgent crisis center,no,yes")
        let fixed = try agency.run(["code", "retire", "discharge-reason", "unable to reach"], as: "amy")
        #expect(fixed.status == 1 && fixed.stderr.hasPrefix("refused [in-use]: "))
        #expect(try agency.run(["code", "add", "colors", "red"], as: "amy").status == 64)
        #expect(try agency.run(["code", "add", "location", "=1+1"], as: "amy").status == 64)
        #expect(try agency.run(add, as: "bea").status == 77)
    }
}
