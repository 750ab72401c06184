package import CivilTime

extension EpisodeHistory {
    /// What holds for everything that is said to have happened in an episode; each fact is judged at its own time.
    /// - Parameter name: what happened, for the message: `the visit`.
    func checkOccurrence(of name: String, at instant: Instant, now: Instant) throws(RuleViolation) {
        try Self.checkPast(name, at: instant, now: now)
        guard instant >= callReceivedAt else {
            throw RuleViolation(
                .beforeEpisode,
                "\(name) would lie before the call that opened the episode",
                remedy: "Check the date and time, or the case number."
            )
        }
        guard !isClosed(at: instant) else {
            throw RuleViolation(
                .episodeClosed,
                "the episode was already discharged at that time",
                remedy: "Check the date, or open a new episode for a new crisis."
            )
        }
    }

    package static func checkPast(_ name: String, at instant: Instant, now: Instant) throws(RuleViolation) {
        guard instant <= now else {
            throw RuleViolation(
                .inTheFuture,
                "\(name) lies in the future",
                remedy: "Record it once it has happened. If it has, the clock of this machine is behind: set it."
            )
        }
    }

    /// The window is a hard stop from every path: day 42 is inside, day 43 is not (practice.md section 2).
    func checkWindow(at instant: Instant, under practice: Practice) throws(RuleViolation) {
        guard let window = window(at: instant, under: practice) else { return }
        guard practice.zone.date(of: instant) <= window.lastDay else {
            throw RuleViolation(
                .windowClosed,
                "the follow-up window ended on \(window.lastDay)",
                remedy: "A supervisor can extend it from now on: followup episode extend CASE --to DATE --reason TEXT. "
                    + "What lies after the window and before an extension cannot be recorded as a visit."
            )
        }
    }
}
