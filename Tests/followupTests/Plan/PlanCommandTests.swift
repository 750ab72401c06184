import Foundation
import Testing

/// `followup plan`: drafts, versions, what differs, reviews and declines.
struct PlanCommandTests {
    @Test func `a form is printed, filled in and read back`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let empty = try agency.run(["plan", "draft", number, "--form"])
        #expect(empty.status == 0)
        #expect(empty.stdout.hasPrefix("# Crisis Safety Plan\n\n## 1. Warning signs\n"))
        let saved = try agency.run(["plan", "draft", number, "--file", "-"], stdin: PlanForms.form())
        #expect(
            saved.stdout == "2025-00001  draft saved  next: first-contact by 2025-06-04 12:00 (overdue)  missing: 0\n"
        )
        #expect(saved.stderr.isEmpty)
        let again = try agency.run(["plan", "draft", number, "--form"])
        let path = agency.home + "/plan.md"
        try Data(again.stdout.utf8).write(to: URL(filePath: path))
        #expect(try agency.run(["plan", "draft", number, "--file", path]).status == 0)
        #expect(try agency.run(["plan", "draft", number, "--form"]).stdout == again.stdout)
    }

    @Test func `a form with a mistake names its line and saves nothing`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let result = try agency.run(
            ["plan", "draft", number, "--file", "-"],
            stdin: PlanForms.form(coping: ["secret | word"])
        )
        #expect(result.status == 65)
        #expect(result.stderr.hasPrefix("error: line 5 of the form: "))
        #expect(!result.stderr.contains("secret"))
        #expect(try agency.run(["plan", "show", number, "--draft"]).status == 66)
        #expect(try agency.run(["plan", "draft", number, "--file", "-"], stdin: "").status == 65)
        #expect(try agency.run(["plan", "draft", number, "--file", agency.home + "/none"]).status == 66)
        let noTerminal = try agency.run(["plan", "draft", number])
        #expect(noTerminal.status == 64)
        #expect(noTerminal.stderr.contains("--form"))
    }

    @Test func `a draft shows exactly what is missing`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let form = PlanForms.form(helpers: ["aunt 860-555-014"], review: "2025-07-15")
        let saved = try agency.run(["plan", "draft", number, "--file", "-"], stdin: form)
        let gaps = [
            "among the helpers, an adult with a phone number of at least ten digits",
            "a review date inside the follow-up window, 2025-06-02 to 2025-07-14",
        ]
        #expect(saved.stderr == gaps.map { "missing: \($0)\n" }.joined())
        let shown = try agency.run(["plan", "show", number, "--draft", "--format", "json"])
        let missing = shown.object?["missing"] as? [[String: Any]]
        #expect(missing?.compactMap { $0["missing"] as? String } == gaps)
        let refused = try agency.run(["plan", "activate", number])
        #expect(refused.status == 1)
        #expect(refused.stderr.hasPrefix("refused [plan-incomplete]: "))
        for gap in gaps { #expect(refused.stderr.contains(gap)) }
        for (part, text) in [("helpers", "uncle 860-555-0143"), ("review", "2025-07-14")] {
            #expect(try agency.run(["plan", "set", number, part, text]).status == 0)
        }
        #expect(try agency.run(["plan", "activate", number]).status == 0)
    }

    @Test func `the active version is shown with all its parts`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let none = try agency.run(["plan", "show", number])
        #expect(none.stderr.hasPrefix("refused [plan-missing]: "))
        try agency.activatePlan(number)
        let shown = try agency.run(["plan", "show", number])
        #expect(
            shown.stdout == """
                Case                 2025-00001
                State                active
                Version              1
                Activated            2025-06-03 10:00
                Author               bea
                Reason               first plan
                Youth took part      yes
                Caregiver took part  yes
                Copy given           yes
                Review on            2025-06-20
                Notice               -

                Plan

                Part              Entry
                ────────────────  ───────────────────────────────────────────────
                warning-signs     pacing
                coping            music
                distraction       porch
                helpers           aunt 860-555-0142
                professionals     988
                professionals     2-1-1
                safe-environment  medication in the safe
                lethal-means      medication: asked, present, locked by caregiver

                """
        )
    }

    @Test func `entries are added one after another, and standard input holds one on each line`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let first = try agency.run(["plan", "set", number, "coping", "-"], stdin: "music\n\ndrawing\n")
        #expect(first.status == 0, "\(first.stderr)")
        #expect(try agency.run(["plan", "set", number, "coping", "walks"]).status == 0)
        func coping() throws -> [String] {
            let shown = try agency.run(["plan", "show", number, "--draft", "--format", "json"])
            return (shown.object?["entries"] as? [[String: Any]])?.compactMap { $0["entry"] as? String } ?? []
        }
        #expect(try coping() == ["music", "drawing", "walks"])
        for (words, status) in [
            (["coping", "a|b"], 64), (["lethal-means", "a: declined; b: declined"], 64), (["coping", " "], 64),
            (["naps", "x"], 64), (["coping"], 64), (["review", "soon"], 64), (["coping", "swims", "--replace"], 0),
        ] {
            #expect(try agency.run(["plan", "set", number] + words).status == Int32(status), "\(words)")
        }
        #expect(try coping() == ["swims"])
        #expect(try agency.run(["plan", "set", number, "coping", "", "--replace"]).status == 0)
        #expect(try coping() == [])
        #expect(try agency.run(["plan", "draft", number, "--discard"]).status == 0)
        #expect(try agency.run(["plan", "draft", number, "--discard"]).status == 66)
    }

    @Test func `versions are listed and compared line by line`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try agency.activatePlan(number)
        let unexplained = try agency.run(["plan", "activate", number])
        #expect(unexplained.status == 66)
        try agency.activatePlan(
            number,
            PlanForms.form(coping: ["walks", "music"], review: "2025-06-21"),
            reason: "new crisis"
        )
        #expect(
            try agency.run(["plan", "history", number]).stdout == """
                Case        Version  Activated         Author  Reason      Review on   Superseded
                ──────────  ───────  ────────────────  ──────  ──────────  ──────────  ────────────────
                2025-00001        1  2025-06-03 10:00  bea     first plan  2025-06-20  2025-06-03 10:00
                2025-00001        2  2025-06-03 10:00  bea     new crisis  2025-06-21

                """
        )
        #expect(
            try agency.run(["plan", "diff", number, "1", "2"]).stdout == """
                Change   Part    Line
                ───────  ──────  ──────────
                added    coping  walks
                removed  review  2025-06-20
                added    review  2025-06-21

                """
        )
        let same = try agency.run(["plan", "diff", number, "2", "2", "--format", "csv"])
        #expect(same.stdout == "change,part,line\r\n" || same.stdout == "change,part,line\n")
        #expect(try agency.run(["plan", "diff", number, "1", "3"]).status == 66)
        #expect(try agency.run(["plan", "diff", number, "1", "draft"]).status == 66)
        #expect(try agency.run(["plan", "diff", number, "0", "1"]).status == 64)
        #expect(try agency.run(["plan", "set", number, "coping", "swims"]).status == 0)
        #expect(try agency.run(["plan", "diff", number, "2", "draft"]).stdout.contains("added   coping  swims"))
        let late = try agency.run(["plan", "activate", number])
        #expect(late.status == 64)
        #expect(late.stderr.contains("scheduled review"))
    }

    @Test func `additions are shown, compared and kept from one version to the next`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try agency.activatePlan(number, PlanForms.form(additions: ["Triggers": ["noise", "homework"]]))
        let shown = try agency.run(["plan", "show", number]).stdout
        #expect(shown.contains("triggers          noise\ntriggers          homework\n"))
        #expect(try agency.run(["plan", "set", number, "crisis", "-"], stdin: "when he runs off\n").status == 0)
        let activated = try agency.run(
            ["plan", "activate", number, "--reason", "new crisis", "--at", "2025-06-04T10:00"]
        )
        #expect(activated.status == 0, "\(activated.stderr)")
        let diff = try agency.run(["plan", "diff", number, "1", "2", "--format", "csv"]).stdout
        #expect(diff.split(whereSeparator: \.isNewline).dropFirst() == ["added,crisis,when he runs off"])
        let form = try agency.run(["plan", "draft", number, "--form"]).stdout
        for line in ["- noise\n- homework\n", "- when he runs off\n"] { #expect(form.contains(line)) }
        let short = form.replacing("## Triggers\n", with: "")
        let refused = try agency.run(["plan", "draft", number, "--file", "-"], stdin: short)
        #expect(refused.status == 65)
        #expect(refused.stderr.contains("## Triggers"))
    }

    @Test func `whatever shows the plan of a Part 2 record says that it must not be passed on`() throws {
        let notice = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
        for isPart2 in [true, false] {
            let agency = try TestAgency()
            let number = try agency.arrivedCase(extra: isPart2 ? ["--part2"] : [])
            try agency.activatePlan(number)
            #expect(try agency.run(["plan", "set", number, "coping", "walks"]).status == 0)
            for words in [
                ["history", number], ["diff", number, "1", "draft"], ["history", number, "--format", "csv"],
                ["diff", number, "1", "1", "--format", "json"], ["draft", number, "--form"],
            ] {
                let result = try agency.run(["plan"] + words)
                #expect(result.stderr.contains(notice) == isPart2, "\(words)")
                #expect(!result.stdout.contains("42 CFR"))
            }
            for words in [["show", number], ["show", number, "--draft"], ["show", number, "--format", "json"]] {
                #expect(try agency.run(["plan"] + words).stdout.contains(notice) == isPart2, "\(words)")
            }
        }
    }

    @Test func `a review and a decline change what is due`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let words = ["plan", "review", number, "--at", "2025-06-10T10:00", "--next", "2025-06-25", "--note", "-"]
        #expect(try agency.run(words, stdin: "holds\n").stderr.hasPrefix("refused [plan-missing]: "))
        try agency.activatePlan(number)
        #expect(try agency.run(words, stdin: "holds\n").status == 0)
        let due = try StoredRows.openDeadlines(agency, of: number).filter { $0.hasPrefix("plan-review") }
        #expect(due == ["plan-review 1750910399"])
        let other = try agency.arrivedCase()
        let decline = ["plan", "decline", other, "--at", "2025-06-03T10:00", "--reason", "-"]
        #expect(try agency.run(decline, stdin: "not now").status == 64)
        #expect(try agency.run(decline + ["--by", "school"], stdin: "not now").status == 64)
        #expect(try agency.run(decline + ["--by", "both"], stdin: " ").status == 64)
        #expect(try agency.run(decline + ["--by", "both"], stdin: "not now").status == 0)
        #expect(try StoredRows.openDeadlines(agency, of: other).allSatisfy { !$0.hasPrefix("safety-plan") })
    }

    @Test func `a dry run of every plan command keeps nothing`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let form = PlanForms.form()
        #expect(try agency.run(["plan", "draft", number, "--file", "-", "--dry-run"], stdin: form).status == 0)
        #expect(try agency.run(["plan", "set", number, "coping", "x", "--dry-run"]).status == 0)
        #expect(try agency.run(["plan", "show", number, "--draft"]).status == 66)
        #expect(try agency.run(["plan", "draft", number, "--file", "-"], stdin: form).status == 0)
        let due = try StoredRows.openDeadlines(agency, of: number)
        for words in [
            ["activate", number], ["decline", number, "--by", "both", "--reason", "x"], ["draft", number, "--discard"],
        ] {
            let result = try agency.run(["plan"] + words + ["--dry-run"])
            #expect(result.status == 0, "\(result.stderr)")
            #expect(result.stderr.contains("dry run: nothing was kept"))
        }
        #expect(try StoredRows.openDeadlines(agency, of: number) == due)
        #expect(try agency.run(["plan", "show", number, "--draft"]).status == 0)
    }
}
