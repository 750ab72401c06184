package import CivilTime
package import CrisisCare
internal import Services
package import Storage

/// What one row of `export summary` says of an episode, as of an instant.
package struct EpisodeSummary: Sendable {
    package let record: EpisodeRecord
    package let client: ClientRecord
    /// The facts up to the as-of instant.
    package let history: EpisodeHistory
    package let practice: Practice
    package let asOf: Instant

    /// Seconds from the start of the response clock to the arrival.
    package var responseSeconds: Int? {
        history.arrivedAt.map { Int($0.seconds(since: history.responseClockStart(under: practice.policy))) }
    }

    /// Whether an immediate mobile response arrived in time; `nil` where there is no such clock, or it still runs.
    package var arrivalMet: Bool? {
        let deadlines = history.deadlines(under: practice)
        guard let arrival = deadlines.first(where: { $0.kind == .arrival }) else { return nil }
        switch arrival.outcome {
        case .met(let at): return at <= arrival.dueAt
        case .cancelled(let at, _): return at > arrival.dueAt ? false : nil
        case .open: return arrival.isOverdue(at: asOf) ? false : nil
        }
    }

    package var secondsToFirstContact: Int? {
        guard let response = history.response, let first = history.contacts.first else { return nil }
        return Int(first.at.seconds(since: response))
    }

    package var contacts: Int { history.contacts.count }
    package var attempts: Int { history.visits.count(where: \.isAttempt) }

    package var daysToPlan: Int? {
        guard let response = history.response, let plan = history.plans.first else { return nil }
        return practice.zone.date(of: plan.activatedAt).days(since: practice.zone.date(of: response))
    }

    package var referralsConnected: Int {
        history.referrals.count { $0.state == .connected }
    }

    package var window: FollowUpWindow? { history.window(under: practice) }

    package var lengthOfStay: Int? {
        history.discharge.map { $0.on.days(since: practice.zone.date(of: history.callReceivedAt)) }
    }

    package var overdue: Int {
        history.deadlines(under: practice).count { $0.isOverdue(at: asOf) }
    }

    package var age: Int? {
        client.birthDate.map { Age.years(from: $0, to: practice.zone.date(of: history.callReceivedAt)) }
    }
}
