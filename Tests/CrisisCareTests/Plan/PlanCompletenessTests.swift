import CivilTime
import Testing

@testable import CrisisCare

/// Complete, gap by gap: from a complete plan one thing is taken away, and exactly that is missing.
@Suite struct PlanCompletenessTests {
    @Test func `a complete plan lacks nothing`() {
        #expect(CompletePlan.content.gaps(in: CompletePlan.window) == [])
        #expect(CompletePlan.content.gaps(in: nil) == [])
    }

    @Test(arguments: [PlanStep.warningSigns, .coping, .distraction, .safeEnvironment])
    func `each step needs an entry`(step: PlanStep) {
        #expect(CompletePlan.gaps { $0.entries[step] = nil } == [.step(step)])
        #expect(CompletePlan.gaps { $0.entries[step] = [] } == [.step(step)])
        #expect(CompletePlan.gaps { $0.entries[step] = [""] } == [.step(step)])
        #expect(CompletePlan.gaps { $0.entries[step] = [" \t\n", ""] } == [.step(step)])
        #expect(CompletePlan.gaps { $0.entries[step] = ["", "x"] } == [])
    }

    @Test func `without helpers there is no reachable adult either`() {
        #expect(CompletePlan.gaps { $0.entries[.helpers] = nil } == [.step(.helpers), .reachableAdult])
        #expect(CompletePlan.gaps { $0.entries[.helpers] = ["not applicable: none"] } == [.reachableAdult])
    }

    @Test func `without professionals there are no crisis lines either`() {
        let lines: [PlanGap] = [.crisisLine("988"), .crisisLine("2-1-1")]
        #expect(CompletePlan.gaps { $0.entries[.professionals] = nil } == [.step(.professionals)] + lines)
        #expect(CompletePlan.gaps { $0.entries[.professionals] = ["not applicable: none"] } == lines)
    }

    @Test(arguments: [
        ("not applicable: moved last week", true), ("Not applicable: moved last week", true),
        (" not applicable: moved", true), ("not applicable - moved last week", true),
        ("not applicable", false), ("not applicable:", false), ("not applicable: ", false),
        ("not applicable:\t\n", false), ("NOT APPLICABLE", false), ("Not applicable.", false),
        (" not applicable ", false),
    ])
    func `a step that does not apply needs the reason`(entry: String, isThere: Bool) {
        #expect(CompletePlan.gaps { $0.entries[.coping] = [entry] } == (isThere ? [] : [.step(.coping)]))
    }

    @Test(arguments: [
        ("aunt 860-555-0142", true), ("aunt 8605550142", true), ("aunt (860) 555 0142", true),
        ("aunt 860.555.0142", true), ("+1 860-555-0142 (aunt)", true), ("aunt 860\u{2013}555\u{2013}0142", true),
        ("aunt 860-555-014", false), ("aunt 860555014", false), ("aunt", false), ("", false),
        ("860-55 aunt 5-0142", false), ("860-555, 0142", false), ("aunt ٨٦٠-٥٥٥-٠١٤٢", false),
    ])
    func `an adult is reachable by ten digits, not by nine`(helper: String, isReachable: Bool) {
        let gaps = CompletePlan.gaps { $0.entries[.helpers] = ["friend at school", helper] }
        #expect(gaps == (isReachable ? [] : [.reachableAdult]))
    }

    @Test func `a phone number among the professionals makes no adult reachable`() {
        let gaps = CompletePlan.gaps {
            $0.entries[.helpers] = ["aunt"]
            $0.entries[.professionals] = ["988", "211", "clinic 860-555-0142"]
        }
        #expect(gaps == [.reachableAdult])
    }

    @Test(arguments: [
        ("988", true), ("call or text 988", true), ("Lifeline: 988.", true), ("988 (24/7)", true), ("9-8-8", true),
        ("988 / 211", true), ("988, 2-1-1", true), ("988 2-1-1", true), ("nine eight eight", false), ("98", false),
        ("9880", false), ("860-988-0142", false), ("860 988 0142", false), ("988-0142", false), ("1988", false),
    ])
    func `988 is named by itself, not inside a longer number`(entry: String, isNamed: Bool) {
        let gaps = CompletePlan.gaps { $0.entries[.professionals] = [entry, "211"] }
        #expect(gaps == (isNamed ? [] : [.crisisLine("988")]))
    }

    @Test(arguments: [
        ("211", true), ("2-1-1", true), ("2.1.1", true), ("2 1 1", true), ("dial 2-1-1, press 1", true),
        ("2-1-1 (mobile crisis)", true), ("2-1-10", false), ("12-1-1", false), ("860-211-0142", false),
        ("860-555-0211", false), ("211-0142", false), ("21", false), ("", false),
    ])
    func `2-1-1 is named in either form, not inside a longer number`(entry: String, isNamed: Bool) {
        let gaps = CompletePlan.gaps { $0.entries[.professionals] = ["988", entry] }
        #expect(gaps == (isNamed ? [] : [.crisisLine("2-1-1")]))
    }

    @Test func `crisis lines among the helpers do not count`() {
        let gaps = CompletePlan.gaps {
            $0.entries[.helpers] = ["aunt 860-555-0142", "988", "211"]
            $0.entries[.professionals] = ["school counselor"]
        }
        #expect(gaps == [.crisisLine("988"), .crisisLine("2-1-1")])
    }

    @Test func `whether youth and caregiver took part has to be recorded, yes or no`() {
        #expect(CompletePlan.gaps { $0.youthTookPart = nil } == [.participation])
        #expect(CompletePlan.gaps { $0.caregiverTookPart = nil } == [.participation])
        let neither = CompletePlan.gaps {
            $0.youthTookPart = false
            $0.caregiverTookPart = false
        }
        #expect(neither == [])
    }

    @Test(arguments: [
        ("yes", true), ("no: mailed tomorrow", true), ("no:mailed", true), ("", false), ("no", false), ("no:", false),
        ("no: ", false), ("maybe", false),
    ])
    func `a copy was given, or why not`(text: String, isRecorded: Bool) {
        #expect(CompletePlan.gaps { $0.copyGiven = text } == (isRecorded ? [] : [.copyGiven]))
    }

    @Test(arguments: [
        ("2026-05-31", false), ("2026-06-01", true), ("2026-06-02", true), ("2026-07-12", true), ("2026-07-13", true),
        ("2026-07-14", false),
    ])
    func `the review date lies inside the window, both ends included`(reviewOn: String, isInside: Bool) {
        let gaps = CompletePlan.gaps { $0.reviewOn = day(reviewOn) }
        #expect(gaps == (isInside ? [] : [.reviewOutsideWindow(CompletePlan.window)]))
    }

    @Test func `a review date is needed, and without a window any day serves`() {
        #expect(CompletePlan.gaps { $0.reviewOn = nil } == [.reviewDate])
        #expect(CompletePlan.without { $0.reviewOn = nil }.gaps(in: nil) == [.reviewDate])
        #expect(CompletePlan.without { $0.reviewOn = day("2031-01-01") }.gaps(in: nil) == [])
    }

    @Test func `an empty plan lacks everything, in the order of the plan`() {
        let everything: [PlanGap] =
            PlanStep.allCases.map(PlanGap.step) + [
                .reachableAdult, .crisisLine("988"), .crisisLine("2-1-1"), .lethalMeans([]), .participation, .copyGiven,
                .reviewDate,
            ]
        #expect(PlanContent().gaps(in: CompletePlan.window) == everything)
        #expect(PlanContent().gaps(in: nil) == everything)
        let blank = Dictionary(uniqueKeysWithValues: PlanStep.allCases.map { ($0, ["", " "]) })
        #expect(PlanContent(entries: blank, lethalMeans: [LethalMeans(text: "")]).gaps(in: nil) == everything)
    }
}
