import CivilTime
import Testing

@testable import CrisisCare

/// Messages say what happened and what to do next, and hold nothing that a person wrote.
@Suite struct MessageTests {
    /// Stands in every text that a person could have written.
    private static let marker = "Zebulon"

    private let noon = at("2026-06-05 12:00")

    private func violation(_ action: () throws(RuleViolation) -> Void) throws -> RuleViolation {
        do {
            try action()
        } catch {
            return error
        }
        return try #require(nil, "nothing was refused")
    }

    @Test func `an incomplete plan is refused without a word of what it says`() throws {
        let texts = [Self.marker, "not applicable: \(Self.marker)", "\(Self.marker) 860-555-014"]
        let entries = Dictionary(uniqueKeysWithValues: PlanStep.allCases.map { ($0, texts) })
        let content = PlanContent(
            entries: entries,
            lethalMeans: [LethalMeans(text: "\(Self.marker): asked")],
            copyGiven: Self.marker,
            reviewOn: day("2027-01-01")
        )
        var history = Case.mobile()
        let plan = PlanVersion(id: RecordID(1), version: 1, activatedAt: noon, reviewOn: content.reviewOn)
        let refusal = try violation { () throws(RuleViolation) in
            try history.activate(plan, content: content, now: muchLater, under: youth)
        }
        #expect(refusal.rule == .planIncomplete)
        #expect(!"\(refusal)".contains(Self.marker))
        #expect(!"\(refusal)".contains("555"))
    }

    @Test func `the gaps of a plan are told in words, each once`() {
        let gaps = PlanContent().gaps(in: CompletePlan.window) + [.reviewOutsideWindow(CompletePlan.window)]
        let words = gaps.map(\.description)
        #expect(Set(words).count == gaps.count)
        #expect(words.allSatisfy { !$0.isEmpty })
        #expect(words.last == "a review date inside the follow-up window, 2026-06-01 to 2026-07-13")
    }

    @Test func `a visit after the window is told when it ended and who can help`() throws {
        var history = Case.mobile()
        let refusal = try violation { () throws(RuleViolation) in try history.log(.at(at("2026-07-14 00:00"))) }
        #expect(refusal.message == "the follow-up window ended on 2026-07-13")
        #expect(refusal.remedy.contains("followup episode extend CASE --to DATE"))
    }

    @Test func `a promise outside the window is told the days it may have`() throws {
        var history = Case.mobile()
        let late = Visit.at(noon, promised: day("2026-08-01"))
        let refusal = try violation { () throws(RuleViolation) in try history.log(late) }
        #expect(refusal.message.contains("2026-06-05"))
        #expect(refusal.message.contains("2026-07-13"))
    }

    @Test func `an extension that is too long is told the last possible day`() throws {
        var history = Case.mobile()
        let refusal = try violation { () throws(RuleViolation) in
            try history.grantBySupervisor(noon, to: day("2026-07-28"))
        }
        #expect(refusal.message.contains("2026-07-27"))
    }

    @Test func `a closing that lacks several things is told all of them at once`() throws {
        var history = Case.mobile()
        history.addReferral((.sent, noon))
        let closing = Closing(
            discharge: Discharge(at: noon, on: day("2026-06-05")),
            isUnableToReach: true,
            handsOverReferrals: false,
            isOverruled: false
        )
        let refusal = try violation { () throws(RuleViolation) in
            try history.close(closing, now: muchLater, under: youth)
        }
        for gap in history.gaps(for: closing, under: youth) {
            #expect(refusal.message.contains(gap.description))
        }
    }

    @Test func `a message about local days shows the agency's day, not the day in UTC`() throws {
        // 20:30 in New York is the next day in UTC.
        var history = Case.mobile(call: at("2026-06-01 20:00"), arrived: at("2026-06-01 20:30"))
        let refusal = try violation { () throws(RuleViolation) in try history.log(.at(at("2026-07-20 12:00"))) }
        #expect(refusal.message.hasSuffix("2026-07-13"))
    }
}
