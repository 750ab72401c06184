internal import ArgumentParser
internal import CrisisCare

/// What a list of episodes is narrowed to by the state of the cases.
struct EpisodeListOptions: ParsableArguments {
    @Flag(help: "To be closed within 7 days (see --within), or late with it.")
    var closingSoon = false

    @Option(help: ArgumentHelp("How many days --closing-soon looks ahead.", valueName: "days"))
    var within: Int?

    @Flag(help: "Without a completed contact since the response.")
    var noContact = false

    @Flag(help: "Without the plan, or the decline of one, that closing takes.")
    var noPlan = false

    @Flag(help: "With a referral that went out and has no outcome yet.")
    var waitingOnReferral = false

    @Flag(help: "With a longer follow-up window.")
    var extended = false

    @Flag(help: "With the attempts that allow \"unable to reach\".")
    var unableToReach = false

    /// As many days ahead as `today` looks.
    private static let daysAhead = 7

    func validate() throws {
        if let within, !(0...366).contains(within) { throw ValidationError("--within takes 0 to 366 days.") }
        if within != nil, !closingSoon { throw ValidationError("--within goes with --closing-soon.") }
    }

    var traits: [EpisodeTrait] {
        let all: [(Bool, EpisodeTrait)] = [
            (closingSoon, .closingSoon(days: within ?? Self.daysAhead)), (noContact, .noContact), (noPlan, .noPlan),
            (waitingOnReferral, .waitingOnReferral), (extended, .extended), (unableToReach, .unableToReach),
        ]
        return all.filter(\.0).map(\.1)
    }
}
