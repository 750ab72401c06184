import Foundation
import Testing

/// Staff, sites, programs and holidays.
struct AdministrationTests {
    @Test func `staff are listed with their roles`() throws {
        let agency = try TestAgency()
        try agency.run(["staff", "set", "bea", "--role", "clinician@Hartford", "--role", "analyst"], as: "amy")
        try agency.run(["staff", "retire", "tom"], as: "amy")
        let result = try agency.run(["staff", "list", "--format", "csv"])
        let lines = result.stdout.split(whereSeparator: \.isNewline)
        #expect(
            lines == [
                "login,name,roles,retired",
                "amy,Amy Adams,\"administrator, supervisor\",no",
                "ann,Ann Abel,analyst,no",
                "bea,Bea Brown,\"analyst, clinician@Hartford\",no",
                "sue,Sue Stone,supervisor@Hartford,no",
                "tom,Tom Thorne,clinician@Torrington,yes",
            ]
        )
    }

    @Test func `the last administrator stays`() throws {
        let agency = try TestAgency()
        for words in [["staff", "retire", "amy"], ["staff", "set", "amy", "--role", "analyst"]] {
            let result = try agency.run(words, as: "amy")
            #expect(result.status == 1)
            #expect(result.stderr.hasPrefix("refused [in-use]: "))
        }
        try agency.run(["staff", "set", "sue", "--role", "administrator"], as: "amy")
        #expect(try agency.run(["staff", "retire", "amy"], as: "amy").status == 0)
    }

    @Test func `a login, a site and a holiday are added once`() throws {
        let agency = try TestAgency()
        for words in [
            ["staff", "add", "bea", "--name", "Another", "--role", "analyst"], ["site", "add", "Hartford"],
            ["holiday", "add", "2025-12-25", "Christmas"],
        ] {
            var result = try agency.run(words, as: "amy")
            if result.status == 0 { result = try agency.run(words, as: "amy") }
            #expect(result.status == 1)
            #expect(result.stderr.hasPrefix("refused [in-use]: "))
        }
    }

    @Test func `towns are replaced, or taken away`() throws {
        let agency = try TestAgency()
        func towns() throws -> String? {
            let list = try agency.run(["site", "list", "--format", "json"])
            let sites = try JSONSerialization.jsonObject(with: Data(list.stdout.utf8)) as? [[String: Any]]
            return sites?.first?["towns"] as? String
        }
        #expect(try towns() == "East Hartford, Hartford")
        try agency.run(["site", "towns", "Hartford", "--town", "Windsor"], as: "amy")
        #expect(try towns() == "Windsor")
        try agency.run(["site", "towns", "Hartford", "--none"], as: "amy")
        #expect(try towns() == "")
    }

    @Test func `an empty list says so on the standard error and is a document all the same`() throws {
        let agency = try TestAgency()
        let table = try agency.run(["holiday", "list"])
        #expect(table.stdout.isEmpty)
        #expect(table.stderr == "no holidays listed\n")
        #expect(try agency.run(["holiday", "list", "--quiet"]).stderr.isEmpty)
        #expect(try agency.run(["holiday", "list", "--format", "json"]).stdout == "[]\n")
        #expect(try agency.run(["holiday", "list", "--format", "csv"]).stdout.hasPrefix("date,name"))
    }

    @Test func `holidays come and go`() throws {
        let agency = try TestAgency()
        try agency.run(["holiday", "add", "2025-12-25", "Christmas"], as: "amy")
        #expect(try agency.run(["holiday", "list", "--format", "csv"]).stdout.contains("2025-12-25,Christmas"))
        #expect(try agency.run(["holiday", "remove", "2025-12-24"], as: "amy").status == 66)
        #expect(try agency.run(["holiday", "remove", "2025-12-25"], as: "amy").status == 0)
        #expect(try agency.run(["holiday", "list"]).stdout.isEmpty)
    }

    @Test func `the policies of both programs are shown, one alone on request`() throws {
        let agency = try TestAgency()
        let both = try agency.run(["policy", "show", "--format", "json"])
        let policies = try #require(try JSONSerialization.jsonObject(with: Data(both.stdout.utf8)) as? [[String: Any]])
        #expect(policies.count == 2)
        let youth = try #require(policies.first { $0["program"] as? String == "youth mobile crisis" })
        #expect(youth["window_days"] as? Int == 42)
        #expect(youth["arrival_minutes"] as? Int == 45)
        let one = try agency.run(["policy", "show", "--program", "adult mobile crisis"])
        #expect(one.stdout.contains("adult mobile crisis") && !one.stdout.contains("youth mobile crisis"))
        #expect(try agency.run(["policy", "show", "--program", "no such"]).status == 66)
    }

    @Test func `reading is audited as well`() throws {
        let agency = try TestAgency()
        for words in [["staff", "list"], ["site", "list"], ["holiday", "list"], ["policy", "show"]] {
            try agency.run(words)
            let last = try #require(try StoredRows.audit(agency).last)
            #expect(last.action == words.joined(separator: " "))
            #expect(last.login == "bea")
        }
    }

    @Test func `who is retired leaves open cases to be handed over, and can work again`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        let retired = try agency.run(["staff", "retire", "bea"], as: "amy")
        #expect(retired.status == 0)
        #expect(retired.stderr.contains("followup episode reassign --all-of bea --to LOGIN"))
        #expect(try agency.run(["today"], as: "bea").status == 77)
        #expect(try agency.run(["staff", "set", "bea", "--name", "Bea"], as: "amy").status == 0)
        #expect(try agency.run(["today"], as: "bea").status == 0)
    }

    @Test func `a town that is not on the list can be added, however the list is numbered`() throws {
        let agency = try TestAgency()
        let added = try agency.run(["code", "add", "town", "Newtown Center"], as: "amy")
        #expect(added.status == 0, "\(added.stderr)")
        #expect(try agency.run(["site", "add", "Newtown", "--town", "Newtown Center"], as: "amy").status == 0)
    }
}
