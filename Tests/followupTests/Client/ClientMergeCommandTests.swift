import Foundation
import Testing

/// `followup client merge`, as a supervisor runs it.
struct ClientMergeCommandTests {
    private struct Pair {
        let agency: TestAgency
        /// The case numbers and the references of the client to keep and of the duplicate.
        let numbers: [String]
        let refs: [String]

        init() throws {
            agency = try TestAgency()
            var numbers: [String] = []
            var refs: [String] = []
            for (call, last) in [("2025-06-02T11:30", "Jensen"), ("2025-06-03T11:30", "Jenson")] {
                numbers.append(try agency.openCase(call: call, lastName: last))
                let shown = try agency.run(["client", "show", numbers[numbers.count - 1], "--format", "json"])
                refs.append(try #require(shown.object?["client_ref"] as? String))
            }
            (self.numbers, self.refs) = (numbers, refs)
        }

        func merge(_ extra: [String] = [], as login: String = "sue") throws -> CommandLineTool.Result {
            try agency.run(["client", "merge", refs[0], refs[1], "--reason", "one child"] + extra, as: login)
        }

        func owner(of number: String) throws -> String? {
            try agency.run(["show", number, "--format", "json"]).object?["client_ref"] as? String
        }
    }

    @Test func `a merge says what moved, and its undoing what went back`() throws {
        let pair = try Pair()
        let (agency, refs) = (pair.agency, pair.refs)
        let dry = try pair.merge(["--dry-run"])
        #expect(dry.status == 0 && dry.stderr.contains("dry run: nothing was kept"))
        #expect(try pair.owner(of: pair.numbers[1]) == refs[1])
        let merged = try pair.merge()
        #expect(
            merged.stdout == "clients merged  kept: \(refs[0])  duplicate: \(refs[1])  cases moved: 1  kept had: 1  "
                + "has now: 2\n",
            "\(merged.stderr)"
        )
        #expect(try pair.numbers.map(pair.owner) == [refs[0], refs[0]])
        let found = try agency.run(["client", "find", "jenson", "--format", "csv"]).stdout
        #expect(found.contains("\"Jenson, Only (\(refs[1]))\"") && found.contains(refs[0]), "\(found)")
        // The duplicate's reference opens a case of the kept client.
        let opened = try agency.run([
            "episode", "open", "--call", "2025-06-04T11:30", "--mode", "mobile", "--town", "Hartford",
            "--referral-source", "school", "--presenting-problem", "anxiety", "--client", refs[1], "--format", "json",
        ])
        let since = try #require(opened.object?["case_number"] as? String, "\(opened.stderr)")
        #expect(try pair.owner(of: since) == refs[0])
        let undone = try agency.run(
            ["client", "merge", "--undo", refs[1], "--reason", "cousins", "--format", "json"],
            as: "sue"
        )
        #expect(undone.object?["done"] as? String == "merge undone", "\(undone.stderr)")
        #expect(undone.object?["moved"] as? Int == 1 && undone.object?["kept_after"] as? Int == 2)
        let counts = undone.object?["counts"] as? [[String: Any]] ?? []
        #expect(counts.map { $0["episodes"] as? Int } == [3, 0, 2, 1])
        #expect(counts.map { $0["when"] as? String } == ["before", "before", "after", "after"])
        #expect(try pair.owner(of: pair.numbers[1]) == refs[1])
        #expect(try pair.owner(of: since) == refs[0])
        #expect(try agency.wrongRecords() == [])
    }

    @Test func `what cannot be merged is refused with what to do, and what lacks is said`() throws {
        let pair = try Pair()
        let (agency, refs) = (pair.agency, pair.refs)
        let merge = ["client", "merge"]
        for (words, login, status) in [
            (merge + [refs[0], refs[1]], "sue", 64), (merge + [refs[0], "--reason", "x"], "sue", 64),
            (merge + ["--reason", "x"], "sue", 64), (merge + [refs[0], refs[1], "--reason", " "], "sue", 64),
            (merge + [refs[0], "--undo", refs[1], "--reason", "x"], "sue", 64),
            (merge + [refs[0], refs[0], "--reason", "x"], "sue", 1),
            (merge + ["--undo", refs[1], "--reason", "x"], "sue", 1),
            (merge + [refs[0], "PNOBODY", "--reason", "x"], "sue", 66),
            (merge + [refs[0], refs[1], "--reason", "x"], "bea", 77),
            (merge + [refs[0], refs[1], "--reason", "x"], "ann", 77),
        ] as [([String], String, Int32)] {
            let result = try agency.run(words, as: login)
            #expect(result.status == status, "\(words): \(result.stderr)")
            #expect(!result.stderr.contains("Jens"))
        }
        #expect(try pair.merge().status == 0)
        let twice = try pair.merge()
        #expect(
            twice.stderr
                == "refused [client-merge]: the duplicate is already merged into \(refs[0]). Nothing is left to "
                + "do; to take it back: followup client merge --undo \(refs[1]) --reason WHY\n"
        )
        #expect(try agency.run(["check"], as: "amy").stdout.contains("every case belongs to a client who stands"))
    }
}
