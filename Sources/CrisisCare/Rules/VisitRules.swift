package import CivilTime

extension EpisodeHistory {
    /// What a visit's time alone decides, whatever came of the visit.
    package func checkVisit(at instant: Instant, now: Instant, under practice: Practice) throws(RuleViolation) {
        try checkOccurrence(of: "the visit", at: instant, now: now)
        try checkWindow(at: instant, under: practice)
    }

    /// Records a visit after checking it; it keeps its place by occurrence, then by entry.
    /// - Parameter isOverruled: a reason was given for contact with the caregiver of a minor-consented episode.
    package mutating func record(
        _ visit: Visit,
        isOverruled: Bool,
        now: Instant,
        under practice: Practice
    ) throws(RuleViolation) {
        try checkVisit(at: visit.at, now: now, under: practice)
        if minorConsented, visit.with.includesCaregiver, !isOverruled {
            throw RuleViolation(
                .minorConsented,
                "the youth consented to this care alone, so nothing goes to a caregiver",
                remedy: "Log it with the youth, or give the reason with --override."
            )
        }
        try checkPromise(of: visit, under: practice)
        let place = visits.lastIndex { ($0.at, $0.id) < (visit.at, visit.id) }.map { $0 + 1 } ?? 0
        visits.insert(visit, at: place)
    }

    /// Puts a corrected visit in the place of the one with its id, after checking it as if it were new, by its own time.
    /// - Parameter isOverruled: as for a new visit.
    package mutating func amend(
        _ visit: Visit,
        isOverruled: Bool,
        now: Instant,
        under practice: Practice
    ) throws(RuleViolation) {
        var changed = self
        changed.visits.removeAll { $0.id == visit.id }
        try changed.record(visit, isOverruled: isOverruled, now: now, under: practice)
        self = changed
    }

    /// Whether the visit, if it is new, needs a reason because it reaches a caregiver against the youth's consent.
    package func needsOverride(_ with: ContactWith) -> Bool {
        minorConsented && with.includesCaregiver
    }

    private func checkPromise(of visit: Visit, under practice: Practice) throws(RuleViolation) {
        guard let promised = visit.promisedNext else { return }
        guard let response, visit.isContact(since: response) else {
            throw RuleViolation(
                .promiseWithoutContact,
                "only a completed contact with the family can carry the date of the next one",
                remedy: "Leave --next out (--no-next takes it away); the date that was due stays."
            )
        }
        let day = practice.zone.date(of: visit.at)
        let lastDay = window(at: visit.at, under: practice)?.lastDay
        guard promised >= day, lastDay.map({ promised <= $0 }) ?? true else {
            let span = lastDay.map { "from \(day) to \($0), the last day of the follow-up window" } ?? "from \(day) on"
            throw RuleViolation(
                .promiseOutsideWindow,
                "the promised date does not lie \(span)",
                remedy: "Promise a date inside the window, or have the window extended first."
            )
        }
    }
}
