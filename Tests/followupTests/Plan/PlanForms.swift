/// Forms that tests fill in.
enum PlanForms {
    /// What child and family add, in the order of the form.
    static let additions = [
        "When the youth is calm", "When the youth is escalating", "Triggers", "What has helped",
        "What the family calls a crisis", "The school's part",
    ]

    /// - Parameter additions: the entries under the headings of `additions`.
    static func form(
        coping: [String] = ["music"],
        helpers: [String] = ["aunt 860-555-0142"],
        additions: [String: [String]] = [:],
        review: String = "2025-06-20"
    ) -> String {
        func list(_ entries: [String]) -> String { entries.map { "- \($0)\n" }.joined() }
        return """
            # Crisis Safety Plan
            ## 1. Warning signs
            - pacing
            ## 2. Coping strategies
            \(list(coping))
            ## 3. People and places that distract
            - porch
            ## 4. People to ask for help
            \(list(helpers))
            ## 5. Professionals and agencies
            - 988
            - 2-1-1
            ## 6. Making the environment safe
            - medication in the safe
            ## Lethal means
            - medication: asked, present, locked by caregiver
            \(Self.additions.map { "## \($0)\n" + list(additions[$0] ?? []) }.joined())
            ## Youth took part
            - yes
            ## Caregiver took part
            - yes
            ## Copy given
            - yes
            ## Review on
            - \(review)

            """
    }
}

extension TestAgency {
    /// Saves a form as the draft of a case and activates it.
    func activatePlan(_ number: String, _ form: String = PlanForms.form(), reason: String? = nil) throws {
        for (words, stdin) in [
            (["plan", "draft", number, "--file", "-"], form),
            (["plan", "activate", number, "--at", "2025-06-03T10:00"] + (reason.map { ["--reason", $0] } ?? []), ""),
        ] {
            let result = try run(words, stdin: stdin)
            guard result.status == 0 else { throw PlanFailure(stderr: result.stderr) }
        }
    }

    struct PlanFailure: Error {
        let stderr: String
    }
}
