import Testing

@testable import CrisisCare

/// What child and family add to a plan: it is theirs, and no plan needs it.
struct PlanAdditionTests {
    @Test func `a plan is as complete with additions as without them`() {
        for addition in PlanAddition.allCases {
            #expect(CompletePlan.gaps { $0.additions[addition] = ["a word of their own"] }.isEmpty, "\(addition)")
            #expect(CompletePlan.gaps { $0.additions[addition] = [] }.isEmpty, "\(addition)")
        }
    }

    @Test func `pitfall 25 a plan of additions alone lacks everything that an empty one lacks`() {
        var content = PlanContent()
        for addition in PlanAddition.allCases { content.additions[addition] = ["aunt 860-555-0142, 988, 2-1-1"] }
        #expect(content.gaps(in: CompletePlan.window) == PlanContent().gaps(in: CompletePlan.window))
        #expect(content.gaps(in: CompletePlan.window).count == 13)
    }

    @Test func `the numbers of additions are none of the steps'`() {
        let numbers = PlanStep.allCases.map(\.rawValue) + PlanAddition.allCases.map(\.rawValue)
        #expect(Set(numbers).count == 12)
        #expect(PlanAddition.allCases.map(\.rawValue) == Array(11...16))
    }
}
