import Foundation
import Testing

/// `plan draft` at a terminal: an editor, or questions; what is broken off leaves nothing.
struct PlanAskingTests {
    private func draft(
        _ agency: TestAgency,
        _ extra: [String] = [],
        editor: String? = nil,
        typing lines: [String] = []
    ) throws -> PretendTerminal.Result {
        var environment = agency.environment()
        environment["EDITOR"] = editor
        environment["TMPDIR"] = agency.home
        environment["PATH"] = "/usr/bin:/bin"
        return try PretendTerminal.run(
            ["plan", "draft", "2025-00001"] + extra,
            // A question too many finds the end of the input, and fails instead of waiting.
            typing: lines + [PretendTerminal.endOfInput],
            environment: environment
        )
    }

    private func expectNoDraft(_ agency: TestAgency) throws {
        #expect(try agency.run(["plan", "show", "2025-00001", "--draft"]).status == 66)
        let left = try FileManager.default.contentsOfDirectory(atPath: agency.home)
        #expect(left.allSatisfy { $0.hasPrefix("followup.db") }, "\(left)")
    }

    /// An editor that puts an entry into the first part.
    private static let adding = #"sed -i '0,/^- $/s//- pacing/'"#

    /// Answers that leave every part as it is: six steps, means, additions, and four questions of one line.
    private static let keeping = [String](repeating: ".", count: 6) + ["", "", "", "", "", ""]

    @Test func `what was written in the editor is the draft, and its file is gone`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        let result = try draft(agency, editor: Self.adding)
        #expect(result.status == 0, "\(result.screen)")
        #expect(result.stdout.hasPrefix("2025-00001  draft saved  "))
        let shown = try agency.run(["plan", "show", "2025-00001", "--draft", "--format", "json"])
        let entries = shown.object?["entries"] as? [[String: Any]]
        #expect(entries?.map { $0["entry"] as? String } == ["pacing"])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: agency.home).allSatisfy { $0.hasPrefix("followup.db") }
        )
    }

    @Test func `an editor that fails or changes nothing leaves nothing`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        let failed = try draft(agency, editor: "sh -c 'echo x >> \"$0\"; touch \"$0.swp\"; exit 1'")
        #expect(failed.status == 64, "\(failed.screen)")
        try expectNoDraft(agency)
        let unchanged = try draft(agency, editor: "true")
        #expect(unchanged.status == 0)
        #expect(unchanged.screen.contains("nothing was saved"))
        try expectNoDraft(agency)
        let killed = try draft(agency, editor: "sh -c 'kill -9 $$'")
        #expect(killed.status == 64)
        try expectNoDraft(agency)
    }

    @Test func `a form that cannot be read opens again, or leaves nothing`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        let breaking = #"sed -i '0,/^- $/s//secret/'"#
        let given = try draft(agency, editor: breaking, typing: ["n"])
        #expect(given.status == 65)
        #expect(given.screen.contains("line 6 of the form"))
        try expectNoDraft(agency)
        // Opened again, the first part is mended.
        let mending =
            "sh -c 'grep -q secret \"$0\" && sed -i s/secret/-\\ pacing/ \"$0\" || sed -i \"0,/^- $/s//secret/\" \"$0\"'"
        let mended = try draft(agency, editor: mending, typing: ["y"])
        #expect(mended.status == 0, "\(mended.screen)")
    }

    @Test func `without an editor the parts are asked for`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        let answers = [
            "pacing", ".", "music", "drawing", ".", "porch", ".", "aunt 860-555-0142", ".", "988", "2-1-1", ".",
            "locked", ".",
            // Each means to its outcome; a slip is asked again.
            "pills: at home", "medication", "as", "perhaps", "present", "locked; hidden", "caregiver",
            "medication", "asked", "pre", "locked", "caregiver", "firearm", "1", "2", "rope", "declined", "",
            "", "perhaps", "yes", "no", "yes", "2025-06-20", "y",
        ]
        let result = try draft(agency, typing: answers)
        #expect(result.status == 0, "\(result.screen)")
        #expect(result.stdout.hasSuffix("missing: 0\n"))
        let shown = try agency.run(["plan", "show", "2025-00001", "--draft", "--format", "json"])
        let entries = shown.object?["entries"] as? [[String: Any]] ?? []
        #expect(
            entries.filter { $0["part"] as? String == "lethal-means" }.map { $0["entry"] as? String } == [
                "medication: asked, present, locked by caregiver", "firearm: asked, absent", "rope: declined",
            ]
        )
        let again = try draft(agency, ["--ask"], typing: Self.keeping + ["y"])
        #expect(again.status == 0, "\(again.screen)")
        #expect(again.stdout.hasSuffix("missing: 0\n"))
    }

    @Test func `answers that break off leave nothing`() throws {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        // Ctrl-D ends one list after another; at the first question of one line it ends the command.
        let away = ["pacing", "."] + [String](repeating: PretendTerminal.endOfInput, count: 6)
        for lines in [away, Self.keeping + ["n"]] {
            let result = try draft(agency, typing: lines)
            #expect(result.status == 64, "\(result.screen)")
            try expectNoDraft(agency)
        }
    }
}
