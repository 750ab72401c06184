import Testing

@testable import CrisisCare

/// The ids that scripts rely on.
@Suite struct RuleIDTests {
    @Test(arguments: [
        "window-closed", "before-episode", "in-the-future", "episode-closed", "plan-incomplete", "plan-missing",
        "referral-open", "extension-needs-supervisor", "extension-self-approved", "extension-too-long",
        "ambiguous-time", "no-such-time", "stale-edit", "minor-consented", "state-order", "possible-duplicate",
        "not-permitted", "in-use", "before-arrival", "promise-outside-window", "duplicate-ref",
    ])
    func `every id of the command line's page exists`(id: String) {
        #expect(Rule(rawValue: id)?.rawValue == id)
    }

    @Test(arguments: Rule.allCases)
    func `an id is lower-case words with dashes`(rule: Rule) {
        let words = rule.rawValue.split(separator: "-", omittingEmptySubsequences: false)
        #expect(words.allSatisfy { !$0.isEmpty && $0.allSatisfy { ("a"..."z").contains($0) } })
    }

    @Test func `each gap of the closing gate has its rule and says what is missing`() {
        let gaps: [(ClosingGap, Rule, String)] = [
            (.plan, .planMissing, "Crisis Safety Plan"),
            (.referrals(1), .referralOpen, "1 referral,"),
            (.referrals(2), .referralOpen, "2 referrals,"),
            (.attempts(made: 2, needed: 3), .attemptsTooFew, "3 attempts"),
        ]
        for (gap, rule, words) in gaps {
            #expect(gap.rule == rule)
            #expect(gap.description.contains(words), "\(gap.description)")
        }
    }

    @Test func `codes that rules name are on the shipped lists`() {
        #expect(CodeList.dischargeReason.shipped.contains(NamedCode.unableToReach))
        for list in CodeList.allCases {
            #expect(Set(list.shipped).count == list.shipped.count, "\(list)")
            #expect(list.shipped.isEmpty == (list == .town), "\(list)")
        }
    }
}
