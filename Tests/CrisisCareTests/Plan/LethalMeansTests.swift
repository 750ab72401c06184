import Testing

@testable import CrisisCare

/// The lethal-means conversation: each means asked or declined, present or absent, the action agreed, by whom.
@Suite struct LethalMeansTests {
    @Test(arguments: [
        "medication: asked, present, locked by caregiver", "medication: asked, absent", "medication: declined",
        "firearm:asked,present,removed by uncle", "knives: asked, present, locked in a box by the mother",
        " rope : asked , absent ", "medication: asked, present, locked by caregiver, counted by nurse",
    ])
    func `an outcome is declined, or absent, or present with an action and a person`(text: String) {
        #expect(LethalMeans(text: text).hasOutcome)
    }

    @Test(arguments: [
        "", " ", "medication", "medication:", ": asked, absent", " : asked, absent", "medication: ",
        "medication: asked",
        "medication: present, locked by caregiver", "medication: asked, present", "medication: asked, present,",
        "medication: asked, present, locked", "medication: asked, present, by caregiver",
        "medication: asked, present, locked by", "medication: absent", "medication: unknown",
        "medication: asked, maybe",
        "medication: declined, present", "asked, absent",
    ])
    func `anything less is no outcome`(text: String) {
        #expect(!LethalMeans(text: text).hasOutcome)
        let gap = PlanGap.lethalMeans(text.isBlank ? [] : [1])
        #expect(CompletePlan.gaps { $0.lethalMeans = LethalMeans.list(from: text) } == [gap])
    }

    @Test func `one means without an outcome leaves the conversation open`() {
        let open = "medication: asked, absent; firearm: asked; rope: declined"
        #expect(CompletePlan.gaps { $0.lethalMeans = LethalMeans.list(from: open) } == [.lethalMeans([2])])
        let gap = PlanGap.lethalMeans([2, 3]).description
        #expect(gap.hasPrefix("the outcome of lethal-means entry 2 and 3, as "))
        let done = "medication: asked, absent; firearm: asked, absent; rope: declined"
        #expect(CompletePlan.gaps { $0.lethalMeans = LethalMeans.list(from: done) } == [])
    }

    @Test func `no means at all is no conversation`() {
        #expect(CompletePlan.gaps { $0.lethalMeans = [] } == [.lethalMeans([])])
    }

    @Test(arguments: ["", "a", "a; b", ";", "a;;b", " a ; b ", "a: asked, absent;"])
    func `several are divided by semicolons, and joined again they are the same text`(text: String) {
        #expect(LethalMeans.list(from: text).map(\.text).joined(separator: ";") == text)
    }
}
