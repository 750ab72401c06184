import Foundation
import Testing

/// `episode amend`: by options, by answering, and refused when somebody else was first.
struct AmendCommandTests {
    private func shown(_ agency: TestAgency, _ number: String) throws -> [String: Any] {
        try #require(agency.run(["show", number, "--format", "json"]).object)
    }

    @Test func `options correct, and the receipt has the new version`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let words = ["--town", "Hartford", "--language", "Spanish", "--part2", "--reason", "typo", "--format", "json"]
        let result = try agency.run(["episode", "amend", number] + words)
        #expect(result.status == 0, "\(result.stderr)")
        #expect(result.object?["version"] as? Int == 3)
        let after = try shown(agency, number)
        #expect(after["language"] as? String == "Spanish" && after["part2"] as? Bool == true)
        #expect(after["version"] as? Int == 3)
    }

    @Test func `pitfall 23 the second of two editors is refused and told what changed`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let version = String(try #require(try shown(agency, number)["version"] as? Int))
        let words = ["--if-version", version, "--reason", "typo"]
        #expect(try agency.run(["episode", "amend", number, "--language", "Spanish"] + words).status == 0)
        let second = try agency.run(["episode", "amend", number, "--location", "school"] + words)
        #expect(second.status == 1)
        #expect(
            second.stderr == "refused [stale-edit]: somebody else changed the case meanwhile: language. "
                + "Look at it again and repeat your change: followup show \(number)\n"
        )
    }

    @Test func `at a terminal the present values are shown and what is right is asked for`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let result = try PretendTerminal.run(
            ["episode", "amend", number],
            typing: ["arrived", "", "2025-06-02T11:50", "language", "Spanish", "", "typo", "y"],
            environment: agency.environment()
        )
        #expect(result.status == 0, "\(result.screen)")
        #expect(result.screen.contains("Arrived at: 2025-06-02 12:00"))
        let after = try shown(agency, number)
        #expect(
            after["arrived_at"] as? String == "2025-06-02T11:50:00-04:00" && after["language"] as? String == "Spanish"
        )
    }

    @Test func `at a terminal what never was is taken away`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let result = try PretendTerminal.run(
            ["episode", "amend", number],
            typing: ["arrived", "take", "", "wrong case", ""],
            environment: agency.environment()
        )
        #expect(result.status == 0, "\(result.screen)")
        #expect(try shown(agency, number)["arrived_at"] is NSNull)
    }

    @Test func `a caregiver's number that cannot be called is refused from every path`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        for (phone, status) in [
            ("none", Int32(64)), ("555-0142", 64), ("860-555-014", 64), ("860-555-0142", 0),
            ("+1 (860) 555 0142 x7", 0),
        ] {
            let amend = ["episode", "amend", number, "--caregiver-phone", phone, "--reason", "typo"]
            let amended = try agency.run(amend)
            #expect(amended.status == status && amended.stderr.contains("ten digits") == (status == 64), "\(phone)")
            let open = TestAgency.opening() + ["--new-client", "--caregiver-phone", phone, "--dry-run"]
            #expect(try agency.run(open).status == status, "\(phone)")
        }
        let asked = try PretendTerminal.run(
            ["episode", "amend", number],
            typing: ["phone", "", "12", "860-555-0199", "", "typo", "y"],
            environment: agency.environment()
        )
        #expect(asked.status == 0 && asked.screen.contains("fewer than ten digits"), "\(asked.screen)")
        #expect(try shown(agency, number)["phone"] as? String == "860-555-0199")
    }

    @Test func `what is withheld of a caregiver is not said to be missing`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase(
            extra: ["--minor-consented", "--caregiver-name", "Xyzzyva", "--caregiver-phone", "860-555-0142"]
        )
        let menu = try PretendTerminal.run(
            ["episode", "amend", number],
            typing: [PretendTerminal.endOfInput],
            environment: agency.environment()
        )
        #expect(menu.screen.contains("Caregiver: (withheld: minor-consented care)"), "\(menu.screen)")
        #expect(menu.screen.contains("Phone: (withheld: minor-consented care)"))
        #expect(!menu.screen.contains("Xyzzyva") && !menu.screen.contains("0142"))
    }

    @Test func `nothing to correct, and no reason, are told`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let nothing = try agency.run(["episode", "amend", number, "--reason", "typo"])
        #expect(nothing.status == 64 && nothing.stderr.contains("there is nothing to correct"))
        let why = try agency.run(["episode", "amend", number, "--town", "Avon"])
        #expect(why.status == 64 && why.stderr.contains("--reason"))
        let both = try agency.run(["episode", "amend", number, "--clear", "nonsense", "--reason", "typo"])
        #expect(both.status == 64)
    }

    @Test(arguments: ["9:05", "09:05", "today 9:05"])
    func `a time of today is typed as a watch shows it`(text: String) throws {
        let agency = try TestAgency()
        let result = try agency.run(["overdue", "--as-of", text, "--count"])
        #expect(result.status == 0, "\(result.stderr)")
    }

    @Test func `what is given and taken away at once is a contradiction, and nothing is changed`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let words = ["--clear", "arrived", "--arrived", "2025-06-02T11:50", "--reason", "typo"]
        let result = try agency.run(["episode", "amend", number] + words)
        #expect(result.status == 64 && result.stderr.contains("contradict"))
        #expect(try shown(agency, number)["version"] as? Int == 2)
    }

    @Test func `the audit of a voided case is still to be read, and show says that it was voided`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try #require(agency.run(["episode", "void", number, "--reason", "twice"], as: "sue").status == 0)
        let shown = try agency.run(["show", number])
        #expect(shown.status == 66 && shown.stderr.contains("followup audit list --case \(number)"))
        let entries = try agency.run(["audit", "list", "--case", number, "--format", "csv"], as: "sue")
        #expect(entries.status == 0 && entries.stdout.contains("episode void"), "\(entries.stderr)")
    }
}
