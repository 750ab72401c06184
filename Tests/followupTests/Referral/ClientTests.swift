import Foundation
import Testing

/// `followup client`: found before it is added, corrected with its history kept.
struct ClientTests {
    private func open(_ agency: TestAgency, _ first: String, _ last: String, as login: String = "bea") throws -> String
    {
        let words = [
            "episode", "open", "--call", "2025-06-02T11:30", "--mode", "non-mobile (phone)", "--town",
            login == "tom" ? "Torrington" : "Hartford", "--referral-source", "school", "--presenting-problem",
            "anxiety", "--first-name", first, "--last-name", last, "--birth-date", "2012-03-04", "--new-client",
            "--format", "json",
        ]
        let result = try agency.run(words, as: login)
        return try #require(result.object?["case_number"] as? String, "\(result.stderr)")
    }

    private func find(_ agency: TestAgency, _ text: String, as login: String = "bea", stdin: String = "") throws
        -> [[String: Any]]
    {
        let result = try agency.run(["client", "find", text, "--format", "json"], as: login, stdin: stdin)
        #expect(result.status == 0, "\(result.stderr)")
        return try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [[String: Any]] ?? []
    }

    @Test func `near names and closed cases are shown, those of another site are not`() throws {
        let agency = try TestAgency()
        let number = try open(agency, "Zoë", "Jensen")
        let close = ["episode", "close", number, "--reason", "family moved", "--at", "2025-06-02T12:00"]
        #expect(try agency.run(close).status == 0)
        _ = try open(agency, "Tim", "Jenson", as: "tom")
        let rows = try find(agency, "jensen")
        #expect(rows.map { $0["client"] as? String } == ["Jensen, Zoë"])
        #expect(rows.first?["cases"] as? String == "\(number) closed")
        #expect(rows.first?["match"] as? String == "exact")
        #expect(try find(agency, "-", stdin: "ZOE jensn\n").first?["match"] as? String == "near")
        #expect(try find(agency, "jensen", as: "amy").map { $0["match"] as? String } == ["exact", "near"])
        #expect(
            try agency.run(["client", "find", "jen", "--limit", "1", "--format", "csv"], as: "amy").stdout
                .split(separator: "\r\n").count == 2
        )
        #expect(try agency.run(["client", "find", "nobody"]).stderr.contains("No client"))
        #expect(try agency.run(["client", "find", "jensen"], as: "ann").status == 77)
        for words in [["client", "find"], ["client", "find", " "], ["client", "find", "x", "--limit", "0"]] {
            #expect(try agency.run(words).status == 64)
        }
    }

    @Test func `without a limit a hundred are listed, and it says that there are more`() throws {
        let agency = try TestAgency()
        func bring(_ refs: ClosedRange<Int>) throws {
            let folder = agency.home + "/in"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let columns = [
                "case_ref,client_ref,first_name,last_name,birth_date,sex,town,language,caregiver_name,caregiver_phone",
                "program,site,clinician,referral_source,presenting_problem,response_mode,location,call_received_at",
                "transferred_at,dispatched_at,arrived_at,minor_consented,part2,discharged_on,discharge_reason",
            ]
            var lines = [columns.joined(separator: ",")]
            for ref in refs {
                let person = "K\(ref),C\(ref),Ana,Jensen,2012-03-04,female,Hartford,,,,youth mobile crisis,Hartford,bea"
                let call = "school,anxiety,non-mobile (phone),,2025-06-02T11:30:00-04:00,,,,no,no,,"
                lines.append(person + "," + call)
            }
            let file = lines.joined(separator: "\r\n") + "\r\n"
            try Data(file.utf8).write(to: URL(filePath: folder + "/episodes.csv"))
            let result = try agency.run(["import", folder], as: "amy")
            try #require(result.status == 0, "\(result.stderr)")
        }
        try bring(1...100)
        let whole = try agency.run(["client", "find", "jen", "--format", "csv"])
        #expect(whole.stdout.split(separator: "\r\n").count == 101 && whole.stderr == "")
        try bring(101...102)
        let cut = try agency.run(["client", "find", "jen", "--format", "csv"])
        #expect(cut.stdout.split(separator: "\r\n").count == 101)
        #expect(cut.stderr.contains("More clients match"))
        let all = try agency.run(["client", "find", "jen", "--limit", "102", "--format", "csv"])
        #expect(all.stdout.split(separator: "\r\n").count == 103 && all.stderr == "")
    }

    @Test func `a client is shown with the version that an edit may be based on`() throws {
        let agency = try TestAgency()
        let number = try open(agency, "Zoë", "Jensen")
        let shown = try #require(try agency.run(["client", "show", number, "--format", "json"]).object)
        let ref = try #require(shown["client_ref"] as? String)
        #expect(shown["last_name"] as? String == "Jensen" && shown["version"] as? Int == 1)
        #expect((shown["cases"] as? [[String: Any]])?.first?["case_number"] as? String == number)
        let edit = ["client", "edit", ref, "--last-name", "-", "--reason", "typo", "--if-version", "1"]
        let first = try agency.run(edit, stdin: "Jansen\n")
        #expect(
            first.status == 0 && first.stdout == "client corrected  client: \(ref)  version: 2\n",
            "\(first.stderr)"
        )
        let second = try agency.run(edit, as: "sue", stdin: "Johnson\n")
        #expect(second.status == 1)
        #expect(
            second.stderr == "refused [stale-edit]: somebody else changed the client meanwhile: last name. "
                + "Look at it again and repeat your change: followup client show \(ref)\n"
        )
        #expect(try StoredRows.names(agency)[1] == "Jansen")
        let entries = try StoredRows.audit(agency).filter { $0.action == "client edit" }
        #expect(entries.map(\.outcome) == ["done", "refused: stale-edit"])
        #expect(entries.first?.detail.contains(#""last_name":["Jensen","Jansen"]"#) == true)
    }

    @Test func `an edit broken off, without a reason or by somebody else changes nothing`() throws {
        let agency = try TestAgency()
        let number = try open(agency, "Zoë", "Jensen")
        let edit = ["client", "edit", number]
        for (words, login, status) in [
            (edit + ["--last-name", "X"], "bea", 64), (edit + ["--reason", "x"], "bea", 64),
            (edit + ["--last-name", "-", "--reason", "x"], "bea", 64),
            (edit + ["--last-name", " ", "--reason", "x"], "bea", 64),
            (edit + ["--birth-date", "2012-02-30", "--reason", "x"], "bea", 64),
            (edit + ["--sex", "x", "--reason", "x"], "bea", 64),
            (edit + ["--last-name", "X", "--reason", "x"], "tom", 77),
            (edit + ["--last-name", "X", "--reason", "x"], "ann", 77),
            (["client", "edit", "PNOBODY", "--last-name", "X", "--reason", "x"], "bea", 66),
            (["client", "show", "PNOBODY"], "bea", 66), (["client", "show", number], "tom", 77),
        ] as [([String], String, Int32)] {
            let result = try agency.run(words, as: login)
            #expect(result.status == status, "\(words): \(result.stderr)")
            #expect(!result.stderr.contains("Jensen"))
        }
        #expect(try StoredRows.names(agency).prefix(2) == ["Zoë", "Jensen"])
    }
}
