internal import CivilTime

extension EpisodeHistory {
    /// The heart of the practice: an episode's history and the policy of its date give all its deadlines.
    ///
    /// Pure, and the only definition: lists, counts, details, files and calendars show what comes out of here.
    /// Source: practice.md section 2. Each clock is written out in a file of this folder.
    package func deadlines(under practice: Practice) -> [Deadline] {
        let window = window(under: practice)
        var deadlines: [Deadline] = []
        deadlines.reserveCapacity(Self.usualDeadlines)
        if let response = responseDeadline(under: practice) { deadlines.append(response) }
        if mode.isMobile || practice.policy.phoneOnlyFollowUp {
            addContactDeadlines(to: &deadlines, in: window, under: practice)
            addPlanDeadlines(to: &deadlines, in: window, under: practice)
        }
        addReferralDeadlines(to: &deadlines, under: practice)
        if let close = closeDeadline(in: window, under: practice) { deadlines.append(close) }
        return discharge == nil ? deadlines : deadlines.compactMap { ended($0) }
    }

    /// Room for the deadlines of most episodes at once; arbitrary.
    private static let usualDeadlines = 8

    /// The discharge cancels every deadline that is open when it takes effect; none starts after it.
    func ended(_ deadline: Deadline) -> Deadline? {
        guard let discharge, deadline.kind != .close else { return deadline }
        guard deadline.startedAt <= discharge.at else { return nil }
        var deadline = deadline
        switch deadline.outcome {
        case .met(let at), .cancelled(let at, _):
            if at > discharge.at { deadline.outcome = .cancelled(discharge.at, .discharged) }
        case .open:
            deadline.outcome = .cancelled(discharge.at, .discharged)
        }
        return deadline
    }
}

extension Practice {
    /// The last second of the local day that lies `days` after the day of an instant.
    func endOfDay(_ days: Int, after instant: Instant) -> Instant {
        zone.endOfDay(zone.date(of: instant).adding(days: days))
    }
}
