import Foundation
import Testing

struct DemoTests {
    @Test func `a caseload of any size is made as a database or as the files that import reads, with the same cases`()
        throws
    {
        let agency = try TestAgency.empty()
        defer { withExtendedLifetime(agency) {} }
        let shape = ["--episodes", "120", "--seed", "9"]
        let made = try agency.run(["demo", agency.home] + shape)
        #expect(made.status == 0, "\(made.stderr)")
        let files = "\(agency.home)/files"
        let written = try agency.run(["demo", files] + shape + ["--files"])
        #expect(written.status == 0, "\(written.stderr)")
        let other = "\(agency.home)/other.db"
        let environment = ["FOLLOWUP_DB": other, "FOLLOWUP_AS": "amy"]
        #expect(try agency.run(["init", "--agency", "A", "--admin", "amy"], environment: environment).status == 0)
        let imported = try agency.run(["import", files, "--create-missing"], environment: environment)
        #expect(imported.status == 0, "\(imported.stderr)")
        for kind in ["episodes", "visits", "plans", "referrals"] {
            // The demonstration belongs to whoever made it.
            let first = try agency.run(["export", kind], environment: ["FOLLOWUP_AS": NSUserName()])
            let second = try agency.run(["export", kind], environment: environment)
            #expect(first.status == 0, "\(first.stderr)")
            #expect(first.stdout == second.stdout)
            #expect(first.stdout.utf8.count > 1000)
        }
    }

    @Test func `files that are there are not written over`() throws {
        let agency = try TestAgency.empty()
        defer { withExtendedLifetime(agency) {} }
        let words = ["demo", agency.home, "--episodes", "10", "--files"]
        #expect(try agency.run(words).status == 0)
        let again = try agency.run(words)
        #expect(again.status == 74)
        #expect(again.stderr.contains("already"))
    }

    @Test(arguments: [
        ["--files"], ["--years", "2"], ["--open", "3"], ["--seed", "2"], ["--episodes", "-1"],
        ["--episodes", "10", "--years", "0"], ["--episodes", "10", "--open", "101"],
    ])
    func `options that do not fit are refused before anything is made`(options: [String]) throws {
        let agency = try TestAgency.empty()
        defer { withExtendedLifetime(agency) {} }
        #expect(try agency.run(["demo", agency.home] + options).status == 64)
        #expect(try FileManager.default.contentsOfDirectory(atPath: agency.home).isEmpty)
    }
}
