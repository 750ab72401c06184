import Testing

/// What a draft lacks is told shortly while it grows, and whole where one looks for it.
struct PlanMissingTests {
    @Test func `each entry tells how many parts are missing and where the list is`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let first = try agency.run(["plan", "set", number, "coping", "music"])
        #expect(first.stderr == "12 parts are still missing: followup plan show \(number) --draft\n", "\(first.stderr)")
        try #require(agency.run(["plan", "draft", number, "--file", "-"], stdin: PlanForms.form()).status == 0)
        let last = try agency.run(["plan", "set", number, "coping", "walks"])
        #expect(last.stderr == "nothing is missing: followup plan activate \(number)\n")
        try #require(agency.run(["plan", "set", number, "coping", "", "--replace"]).status == 0)
        let one = try agency.run(["plan", "set", number, "triggers", "noise"])
        #expect(one.stderr == "1 part is still missing: followup plan show \(number) --draft\n")
    }

    @Test func `an entry of the lethal means whose outcome is not to be read is named by its place`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let good = try agency.run(["plan", "set", number, "lethal-means", "medication: asked, absent"])
        #expect(!good.stderr.contains("lethal-means entry"))
        let bad = try agency.run(["plan", "set", number, "lethal-means", "Xyzzyva: in a box"])
        #expect(bad.stderr.contains("the outcome of lethal-means entry 2, as"), "\(bad.stderr)")
        #expect(!bad.stderr.contains("Xyzzyva"))
        #expect(try agency.run(["plan", "show", number, "--draft"]).stdout.contains("lethal-means entry 2, as"))
        let other = try agency.run(["plan", "set", number, "coping", "music"])
        #expect(!other.stderr.contains("lethal-means entry"))
    }

    @Test func `without an active version the draft is shown and says so`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        #expect(try agency.run(["plan", "show", number]).stderr.hasPrefix("refused [plan-missing]: "))
        try #require(agency.run(["plan", "set", number, "coping", "music"]).status == 0)
        let draft = try agency.run(["plan", "show", number])
        #expect(draft.status == 0 && draft.stdout.contains("draft, no version is active yet"), "\(draft.stderr)")
        #expect(draft.stdout.contains("music") && draft.stdout.contains("Missing before it can be activated"))
        try agency.activatePlan(number)
        try #require(agency.run(["plan", "set", number, "coping", "walks"]).status == 0)
        let active = try agency.run(["plan", "show", number, "--format", "json"])
        #expect(active.object?["state"] as? String == "active" && !active.stdout.contains("walks"))
        let next = try agency.run(["plan", "show", number, "--draft", "--format", "json"])
        #expect(next.object?["state"] as? String == "draft" && next.stdout.contains("walks"))
    }

    @Test func `a decline over an active version has to be meant`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try agency.activatePlan(number)
        let words = ["plan", "decline", number, "--by", "both", "--reason", "later", "--at", "2025-06-10T10:00"]
        let refused = try agency.run(words)
        #expect(refused.status == 1)
        #expect(refused.stderr.hasPrefix("refused [state-order]: version 1 "), "\(refused.stderr)")
        func atTerminal(_ answer: String) throws -> PretendTerminal.Result {
            try PretendTerminal.run(words, typing: [answer], environment: agency.environment())
        }
        let no = try atTerminal("")
        #expect(no.status == 1 && no.screen.contains("Record all the same"), "\(no.screen)")
        #expect(try atTerminal("y").status == 0)
        #expect(try agency.run(words + ["--despite-plan"]).status == 0)
        #expect(try agency.run(["plan", "show", number, "--format", "json"]).object?["state"] as? String == "active")
    }
}
