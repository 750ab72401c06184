package import CivilTime
package import CrisisCare
package import Storage

/// What one row of `export summary` says of an episode, as of an instant.
package struct EpisodeSummary: Sendable {
    package let row: SummaryRow
    /// The episode's own facts and its extensions, up to the as-of instant.
    package let facts: EpisodeHistory
    package let window: FollowUpWindow?
    package private(set) var visits = 0
    package private(set) var contacts = 0
    package private(set) var firstContactAt: Instant?
    package private(set) var attempts = 0
    package private(set) var plans = 0
    package private(set) var firstPlanAt: Instant?
    package private(set) var referrals = 0
    package private(set) var referralsConnected = 0
    package let overdue: Int
    package let arrivalMet: Bool?
    private let practice: Practice

    /// - Returns: `nil` when the call lies after the as-of instant.
    init?(_ row: SummaryRow, of batch: borrowing SummaryBatch, under practice: Practice, asOf: Instant) {
        guard var facts = row.facts.ownFacts(asOf: asOf) else { return nil }
        for granted in batch.extensions[row.extensions] where granted.grantedAt <= asOf {
            facts.extensions.append(granted)
        }
        self.row = row
        self.facts = facts
        self.practice = practice
        window = facts.window(under: practice)
        arrivalMet = facts.isArrivalKept(under: practice, asOf: asOf)
        // The discharge ends every deadline that is open when it takes effect, so nothing of a closed case is overdue.
        overdue =
            facts.discharge == nil
            ? batch.history(of: row).asOf(asOf)?.deadlines(under: practice).count { $0.isOverdue(at: asOf) } ?? 0 : 0
        count(batch.visits[row.visits], asOf: asOf)
        for plan in batch.plans[row.plans] where plan.activatedAt <= asOf {
            plans += 1
            firstPlanAt = firstPlanAt ?? plan.activatedAt
        }
        count(batch.steps[row.steps], asOf: asOf)
    }

    private mutating func count(_ visits: ArraySlice<Visit>, asOf: Instant) {
        let response = facts.response
        for visit in visits where visit.at <= asOf {
            self.visits += 1
            if visit.isAttempt { attempts += 1 }
            guard let response, visit.isContact(since: response) else { continue }
            contacts += 1
            firstContactAt = firstContactAt ?? visit.at
        }
    }

    /// The steps of one referral stand together, the last one that has happened says how it stands.
    private mutating func count(_ steps: ArraySlice<ScannedStep>, asOf: Instant) {
        var counted: RecordID<Referral>?
        var isConnected = false
        for step in steps where step.event.at <= asOf {
            if counted != step.referral {
                referrals += 1
                if isConnected { referralsConnected += 1 }
            }
            counted = step.referral
            isConnected = step.event.state == .connected
        }
        if isConnected { referralsConnected += 1 }
    }

    /// Seconds from the start of the response clock to the arrival.
    package var responseSeconds: Int? {
        facts.arrivedAt.map { Int($0.seconds(since: facts.responseClockStart(under: practice.policy))) }
    }

    package var secondsToFirstContact: Int? {
        guard let response = facts.response, let firstContactAt else { return nil }
        return Int(firstContactAt.seconds(since: response))
    }

    package var daysToPlan: Int? {
        guard let response = facts.response, let firstPlanAt else { return nil }
        return practice.zone.date(of: firstPlanAt).days(since: practice.zone.date(of: response))
    }

    package var lengthOfStay: Int? {
        facts.discharge.map { $0.on.days(since: practice.zone.date(of: facts.callReceivedAt)) }
    }

    package var age: Int? {
        row.birthDate.map { Age.years(from: $0, to: practice.zone.date(of: facts.callReceivedAt)) }
    }
}

extension EpisodeHistory {
    /// The episode's own facts as of an instant. Most have long happened; to look is cheaper than to take away nothing.
    fileprivate func ownFacts(asOf instant: Instant) -> EpisodeHistory? {
        func isPast(_ time: Instant?) -> Bool { time ?? callReceivedAt <= instant }
        guard isPast(callReceivedAt), isPast(transferredAt), isPast(callEndedAt), isPast(dispatchedAt),
            isPast(arrivedAt), isPast(discharge?.at)
        else { return asOf(instant) }
        return self
    }
}
