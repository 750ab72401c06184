import Foundation
import Testing

/// `followup plan print`: one sheet, what stands on it and what must not.
struct PlanPrintTests {
    private func family(_ agency: TestAgency, _ number: String, _ extra: [String] = []) throws -> CommandLineTool.Result
    {
        try agency.run(["plan", "print", number, "--family"] + extra)
    }

    @Test func `the family's page is complete, and stands alone`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try agency.activatePlan(number, PlanForms.form(coping: ["<b>music</b> & \"drums\""]))
        let page = try family(agency, number)
        #expect(page.status == 0, "\(page.stderr)")
        let body = page.stdout.firstRange(of: "<body>").map { String(page.stdout[$0.lowerBound...]) }
        #expect(
            body == """
                <body>
                <main>
                <h1 dir="auto">My Safety Plan</h1>
                <p class="about" dir="auto">Only · June 3, 2025</p>
                <h2 dir="auto">1. Warning signs</h2>
                <ul>
                <li dir="auto">pacing</li>
                </ul>
                <h2 dir="auto">2. Things I can do by myself</h2>
                <ul>
                <li dir="auto">&lt;b&gt;music&lt;/b&gt; &amp; &quot;drums&quot;</li>
                </ul>
                <h2 dir="auto">3. People and places that take my mind off it</h2>
                <ul>
                <li dir="auto">porch</li>
                </ul>
                <h2 dir="auto">4. People I can ask for help</h2>
                <ul>
                <li dir="auto">aunt <span class="number">860-555-0142</span></li>
                </ul>
                <h2 dir="auto">5. Professionals to call in a crisis</h2>
                <ul class="short">
                <li dir="auto">988</li>
                <li dir="auto"><span class="number">2-1-1</span></li>
                </ul>
                <h2 dir="auto">6. Making my surroundings safe</h2>
                <ul>
                <li dir="auto">medication in the safe</li>
                </ul>
                </main>
                <footer>
                <p dir="auto">We look at this plan again on June 20, 2025.</p>
                <div class="lines">
                <div><b>988</b> call or text</div>
                <div><b>741741</b> text HOME</div>
                <div><b>2-1-1</b> call, then press 1</div>
                </div>
                <p dir="auto">In immediate danger, call 911.</p>
                </footer>
                </body>
                </html>

                """
        )
        for word in [
            "script", "http:", "https:", "src=", "url(", "@import", number, "bea", "Bea", "Test Agency", "Lethal",
        ] {
            #expect(!page.stdout.contains(word), "\(word)")
        }
        #expect(page.stdout.contains("Content-Security-Policy"))
    }

    @Test func `what child and family added stands behind the steps, and only where they added something`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let additions = ["When the youth is calm": ["hums"], "The school's part": ["<room 12>", "Ms. Green"]]
        try agency.activatePlan(number, PlanForms.form(additions: additions))
        let page = try family(agency, number).stdout
        #expect(
            page.contains(
                """
                <li dir="auto">medication in the safe</li>
                </ul>
                <div class="pairs">
                <section>
                <h2 dir="auto">When I am calm</h2>
                <ul>
                <li dir="auto">hums</li>
                </ul>
                </section>
                <section>
                <h2 dir="auto">At school</h2>
                <ul>
                <li dir="auto">&lt;room 12&gt;</li>
                <li dir="auto">Ms. Green</li>
                </ul>
                </section>
                </div>
                </main>
                """
            )
        )
        #expect(!page.contains("What sets it off"))
        let spanish = try family(agency, number, ["--language", "es"]).stdout
        #expect(spanish.contains("Cuando estoy en calma") && spanish.contains("En la escuela"))
    }

    @Test func `the clinician's page of minor-consented care says that no caregiver gets it, and names none`() throws {
        let agency = try TestAgency()
        let number = try agency.openCase(
            extra: ["--minor-consented", "--caregiver-name", "Marker Name", "--caregiver-phone", "860-555-0199"]
        )
        #expect(try agency.run(["episode", "arrived", number, "--at", "2025-06-02T12:00"]).status == 0)
        try agency.activatePlan(number)
        let page = try agency.run(["plan", "print", number]).stdout
        #expect(page.contains("nothing of this goes to a caregiver"))
        let home = try family(agency, number, ["--override", "the youth asked for it"]).stdout
        #expect(!home.contains("goes to a caregiver"))
        for text in [page, home] { #expect(!text.contains("Marker") && !text.contains("0199")) }
    }

    @Test func `the clinician's page names the case, the version and the lethal means`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try agency.activatePlan(number)
        let page = try agency.run(["plan", "print", number]).stdout
        for word in ["Test, Only", number, "version 1", "bea", "locked by caregiver"] {
            #expect(page.contains(word), "\(word)")
        }
        #expect(!page.contains("42 CFR"))
    }

    @Test func `the page speaks Spanish and the entries stay as they are`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try agency.activatePlan(number)
        let page = try family(agency, number, ["--language", "es"]).stdout
        for word in ["lang=\"es\"", "Señales de alerta", "3 de junio de 2025", "AYUDA", "741741", "2-1-1", ">pacing<"] {
            #expect(page.contains(word), "\(word)")
        }
        #expect(try family(agency, number, ["--language", "fr"]).status == 64)
    }

    @Test func `a Part 2 record says that it must not be passed on`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase(extra: ["--part2"])
        try agency.activatePlan(number)
        for words in [[], ["--family"], ["--family", "--language", "es"]] {
            let page = try agency.run(["plan", "print", number] + words).stdout
            #expect(page.contains("42 CFR part 2 prohibits unauthorized use or disclosure of these records."))
        }
    }

    @Test func `in minor-consented care a family's copy takes a reason`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase(extra: ["--minor-consented"])
        try agency.activatePlan(number)
        let file = agency.home + "/plan.html"
        let refused = try family(agency, number, ["-o", file])
        #expect(refused.status == 1)
        #expect(refused.stderr.hasPrefix("refused [minor-consented]: "))
        #expect(!FileManager.default.fileExists(atPath: file))
        #expect(try StoredRows.audit(agency).last?.outcome == "refused: minor-consented")
        #expect(try family(agency, number, ["--override", " "]).status == 1)
        #expect(try family(agency, number, ["-o", file, "--override", "the youth asked for it"]).status == 0)
        #expect(try StoredRows.audit(agency).last?.detail.contains("the youth asked for it") == true)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try agency.run(["plan", "print", number]).status == 0)
    }

    @Test func `only an active version is printed, and only where it may be read`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        #expect(try agency.run(["plan", "draft", number, "--file", "-"], stdin: PlanForms.form()).status == 0)
        #expect(try family(agency, number).stderr.hasPrefix("refused [plan-missing]: "))
        #expect(try agency.run(["plan", "print", number], as: "tom").status == 77)
        #expect(try agency.run(["plan", "print", number, "--format", "json"]).status == 64)
    }

    @Test func `a plan that is too long for one page warns`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        try agency.activatePlan(number, PlanForms.form(coping: [String](repeating: "a long walk", count: 200)))
        let page = try family(agency, number)
        #expect(page.status == 0)
        #expect(page.stderr.contains("too long for one page"))
    }
}
