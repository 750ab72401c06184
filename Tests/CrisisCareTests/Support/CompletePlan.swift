import CivilTime

@testable import CrisisCare

/// A plan that lacks nothing, to take one thing away from at a time.
enum CompletePlan {
    static let window = FollowUpWindow(
        firstDay: day("2026-06-01"),
        regularEnd: day("2026-07-13"),
        lastDay: day("2026-07-13")
    )

    static let content = PlanContent(
        entries: [
            .warningSigns: ["pacing, door closed"],
            .coping: ["drawing"],
            .distraction: ["not applicable: moved here last week"],
            .helpers: ["aunt 860-555-0142"],
            .professionals: ["988", "2-1-1", "school counselor"],
            .safeEnvironment: ["medication locked"],
        ],
        lethalMeans: LethalMeans.list(from: "medication: asked, present, locked by caregiver; firearm: asked, absent"),
        youthTookPart: true,
        caregiverTookPart: false,
        copyGiven: "yes",
        reviewOn: day("2026-06-10")
    )

    static func without(_ change: (inout PlanContent) -> Void) -> PlanContent {
        var content = content
        change(&content)
        return content
    }

    /// What the plan lacks after a change.
    static func gaps(_ change: (inout PlanContent) -> Void) -> [PlanGap] {
        without(change).gaps(in: window)
    }
}
