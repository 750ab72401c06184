import Foundation
import Testing

@testable import followup

/// Who acts: the operating-system user, or the login that is named; the audit keeps both.
struct IdentityTests {
    private static let passwd = Array(
        """
        root:x:0:0:root:/root:/bin/bash
        # a comment
        broken:x
        bea:x:1001:1001:Bea,,,:/home/bea:/bin/sh
        twin:x:1001:1001::/home/twin:/bin/sh
        odd:x:1002:1002:::

        """.utf8
    )

    @Test func `the user's name is read from the list of users`() {
        #expect(OSUser.of(0, in: Self.passwd) == OSUser(name: "root", home: "/root"))
        #expect(OSUser.of(1001, in: Self.passwd) == OSUser(name: "bea", home: "/home/bea"))
        #expect(OSUser.of(1002, in: Self.passwd) == OSUser(name: "odd", home: nil))
    }

    @Test func `a user who is not listed is named by number`() {
        #expect(OSUser.of(1003, in: Self.passwd) == OSUser(name: "uid-1003", home: nil))
        #expect(OSUser.of(0, in: []) == OSUser(name: "uid-0", home: nil))
    }

    @Test func `the environment does not decide who the operating-system user is`() throws {
        let agency = try TestAgency()
        let environment = ["HOME": agency.home, "FOLLOWUP_DB": agency.database, "USER": "amy", "LOGNAME": "amy"]
        let result = try CommandLineTool.run(["staff", "list"], environment: environment)
        #expect(result.status == 77)
        #expect(result.stderr.contains("not-permitted"))
    }

    @Test func `the login that is named acts, and the option wins over the environment`() throws {
        let agency = try TestAgency()
        #expect(try agency.run(["site", "add", "One"], as: "amy").status == 0)
        #expect(try agency.run(["site", "add", "Two", "--as", "amy"], as: "bea").status == 0)
        #expect(try agency.run(["site", "add", "Three", "--as", "bea"], as: "amy").status == 77)
        let user = OSUser.current().name
        let rows = try StoredRows.audit(agency).suffix(3)
        #expect(rows.map(\.login) == ["amy", "amy", "bea"])
        #expect(rows.allSatisfy { $0.osUser == user })
        #expect(rows.map(\.outcome) == ["done", "done", "refused: not-permitted"])
    }

    @Test func `an unknown or retired login may do nothing, and is audited`() throws {
        let agency = try TestAgency()
        try agency.run(["staff", "retire", "bea"], as: "amy")
        for login in ["bea", "nobody-we-know"] {
            let result = try agency.run(["staff", "list"], as: login)
            #expect(result.status == 77)
            #expect(result.stderr.hasPrefix("refused [not-permitted]: "))
            #expect(result.stdout.isEmpty)
            #expect(try StoredRows.audit(agency).last?.outcome == "refused: not-permitted")
        }
    }

    @Test func `what a role does not allow is refused with status 77`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        for (words, login) in [
            (["staff", "add", "kim", "--name", "Kim", "--role", "analyst"], "sue"),
            (["holiday", "add", "2025-12-25", "Christmas"], "bea"),
            (["episode", "dispatched", number], "tom"),
            (["episode", "dispatched", number], "ann"),
            (["visit", "log", number, "--mode", "phone", "--with", "youth"], "tom"),
            (TestAgency.opening(), "tom"),
        ] {
            let result = try agency.run(words, as: login)
            #expect(result.status == 77, "\(words) as \(login): \(result.stderr)")
            #expect(result.stderr.hasPrefix("refused [not-permitted]: "))
        }
    }
}
