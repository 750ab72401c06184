import CivilTime
import CrisisCare
import Services
import Testing

/// The form in which a plan is written: what is filled in comes out of it, and an error names its line.
struct PlanFormTests {
    private static let filled = PlanContent(
        entries: [
            .warningSigns: ["pacing", "stops talking"], .coping: ["music\nloud"], .distraction: ["porch"],
            .helpers: ["aunt 860-555-0142"], .professionals: ["988", "2-1-1"],
            .safeEnvironment: ["not applicable: lives at school"],
        ],
        lethalMeans: [
            LethalMeans(text: "medication: asked, present, locked by caregiver"),
            LethalMeans(text: "firearm: declined"),
        ],
        additions: [.triggers: ["noise\nat night", "homework"], .school: ["the counselor's room"]],
        youthTookPart: true,
        caregiverTookPart: false,
        copyGiven: "no: the printer is broken",
        reviewOn: CivilDate("2026-11-24")
    )

    @Test func `a form shows every part with its hint`() {
        let form = PlanForm.text(of: Self.filled)
        #expect(
            form == """
                # Crisis Safety Plan

                ## 1. Warning signs

                <!-- One entry a line, in the person's own words; or: not applicable: and why -->
                - pacing
                - stops talking

                ## 2. Coping strategies

                <!-- What the youth can do alone -->
                - music
                  loud

                ## 3. People and places that distract

                <!-- Where to go, whom to be with -->
                - porch

                ## 4. People to ask for help

                <!-- At least one adult with a phone number of ten digits -->
                - aunt 860-555-0142

                ## 5. Professionals and agencies

                <!-- 988 and 2-1-1 among them -->
                - 988
                - 2-1-1

                ## 6. Making the environment safe

                <!-- What is done at home to make it safe -->
                - not applicable: lives at school

                ## Lethal means

                <!-- A line for each means, such as: medication: asked, present, locked by caregiver -->
                - medication: asked, present, locked by caregiver
                - firearm: declined

                ## When the youth is calm

                <!-- How the youth looks then; this and what follows down to the school's part may stay empty -->
                -\u{20}

                ## When the youth is escalating

                <!-- What others can see as it begins -->
                -\u{20}

                ## Triggers

                <!-- What sets it off -->
                - noise
                  at night
                - homework

                ## What has helped

                <!-- What has helped before, and who did it -->
                -\u{20}

                ## What the family calls a crisis

                <!-- When the family calls for help, in its own words -->
                -\u{20}

                ## The school's part

                <!-- Who helps there, and what the school does -->
                - the counselor's room

                ## Youth took part

                <!-- yes or no -->
                - yes

                ## Caregiver took part

                <!-- yes or no -->
                - no

                ## Copy given

                <!-- yes, or no: and why not -->
                - no: the printer is broken

                ## Review on

                <!-- A date inside the follow-up window, such as 2026-11-20 -->
                - 2026-11-24

                """
        )
    }

    @Test func `an empty plan and a full one come out as they went in`() throws {
        for content in [PlanContent(), Self.filled] {
            let form = PlanForm.text(of: content)
            #expect(try PlanForm.content(of: form) == content)
            // As editors and mail on Windows leave it.
            #expect(try PlanForm.content(of: "\u{FEFF}" + form.replacing("\n", with: "\r\n")) == content)
            #expect(try PlanForm.content(of: form.replacing("- \n", with: "-\n")) == content)
        }
    }

    @Test(arguments: [UInt64](1...400)) func `what anybody writes comes back out of the form`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let content = try RandomPlan.content(using: &generator)
        let form = PlanForm.text(of: content)
        let read = try PlanForm.content(of: form)
        // By scalars: two texts may be equal and not the same.
        for part in PlanPart.allCases {
            let before = content.lines(of: part).map { Array($0.unicodeScalars) }
            let after = read.lines(of: part).map { Array($0.unicodeScalars) }
            #expect(before == after, "seed \(seed), \(part)")
        }
        #expect(read == content, "seed \(seed)")
        #expect(PlanForm.text(of: read) == form, "seed \(seed)")
    }

    @Test func `an error names the line of the form and nothing that stands there`() throws {
        let form = PlanForm.text(of: Self.filled)
        let secret = "secret"
        let changes: [(old: String, new: String, line: Int)] = [
            ("- pacing\n", "- \(secret)|pacing\n", 6),
            ("- pacing\n", "\(secret)\n", 6),
            ("- pacing\n", "* \(secret)\n", 6),
            ("- pacing\n", "  \(secret)\n", 6),
            ("- pacing\n", "-\(secret)\n", 6),
            ("# Crisis Safety Plan\n", "\(secret)\n", 1),
            ("## 2. Coping strategies", "## \(secret)", 9),
            ("## 2. Coping strategies", "## 1. Warning signs", 9),
            ("- firearm: declined", "- \(secret): declined; medication: declined", 40),
            ("- homework\n", "- \(secret)|homework\n", 57),
            ("- homework\n", "- " + String(repeating: "x", count: 10_001) + "\n", 57),
            ("- no\n", "- \(secret)\n", 82),
            ("- no\n", "- yes\n- no\n", 83),
            ("- no: the printer is broken", "- \(secret)", 87),
            ("- no: the printer is broken", "- no: ", 87),
            ("- 2026-11-24", "- \(secret)", 92),
            ("- 2026-11-24", "- 2026-11-31", 92),
            ("## Review on\n", "", 92), ("## Lethal means\n", "", 92), ("## Triggers\n", "", 92),
            ("- porch\n", "- " + String(repeating: "x", count: 10_001) + "\n", 18),
        ]
        for change in changes {
            let error = #expect(throws: PlanFormError.self, "\(change.new.prefix(40))") {
                try PlanForm.content(of: form.replacing(change.old, with: change.new, maxReplacements: 1))
            }
            #expect(error?.line == change.line, "\(change.new.prefix(40)): \(error?.problem ?? "")")
            #expect(error?.problem.contains(secret) == false)
        }
        let longest = form.replacing("- porch\n", with: "- " + String(repeating: "x", count: 10_000) + "\n")
        #expect(throws: Never.self) { try PlanForm.content(of: longest) }
    }
}

/// Plans that nobody would write, to find what a form loses.
enum RandomPlan {
    private static let pieces = [
        "-", "- ", "  ", "#", "## ", "<!-- x -->", "-->", "\n", "\n\n", "\n- ", "\n  ", "a", "é", "e\u{301}", "\u{301}",
        "日本", "👩‍👧",
        "yes", "no:", ":", ";", "\t", "\u{A0}", "\u{2028}", "\u{85}", "\\", "\"", "988", "\u{200F}", "\u{FEFF}", "x y",
    ]

    static func content(using generator: inout SeededGenerator) throws -> PlanContent {
        var content = PlanContent()
        for part in PlanPart.allCases {
            var lines: [String] = []
            switch part {
            case .youth, .caregiver: lines = Bool.random(using: &generator) ? [generator.one(of: ["yes", "no"])] : []
            case .copy: lines = [generator.one(of: ["", "yes", "no: the printer is broken", "no: a\nb"])]
            case .review: lines = [generator.one(of: ["", "2026-11-24", "0001-01-01"])]
            default: for _ in 0..<Int.random(in: 0...4, using: &generator) { lines.append(text(using: &generator)) }
            }
            if part == .lethalMeans { lines = lines.filter { !$0.unicodeScalars.contains(";") } }
            try content.set(part, to: lines)
        }
        return content
    }

    private static func text(using generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in generator.one(of: pieces) }.joined()
    }
}
