package import CivilTime

extension EpisodeResults {
    /// What came of an episode up to an instant.
    ///
    /// - Parameters:
    ///   - history: the facts up to the instant.
    ///   - deadlines: what the rules give for them.
    package init(of history: EpisodeHistory, _ deadlines: [Deadline], under practice: Practice, asOf: Instant) {
        self.init(mode: history.mode)
        let zone = practice.zone
        isReached = history.mode.isMobile && history.arrivedAt != nil
        if history.mode == .mobile, practice.policy.arrivalMinutes != nil, let arrivedAt = history.arrivedAt {
            // Where the clock starts with a step that was recorded later than the arrival, nothing has elapsed.
            responseSeconds = max(0, Int(arrivedAt.seconds(since: history.responseClockStart(under: practice.policy))))
        }
        stay = history.discharge.map { $0.on.days(since: zone.date(of: history.callReceivedAt)) }
        outline = EpisodeOutline(of: history, under: practice)
        referrals = history.referrals.map { ReferralResult(of: $0, in: zone) }
        for deadline in deadlines { count(deadline, of: history, in: zone, asOf: asOf) }
    }

    private mutating func count(_ deadline: Deadline, of history: EpisodeHistory, in zone: Zone, asOf: Instant) {
        let isKept = deadline.isKept(asOf: asOf)
        switch deadline.kind {
        case .arrival: outline.arrival = isKept
        case .deferredResponse: deferredResponse = isKept
        case .firstContact: firstContact = isKept
        case .safetyPlan: safetyPlan = isKept
        case .planReview: reviews.count(isKept)
        case .close:
            // The day counts, not the instant: a discharge known by its day takes effect when the day is over.
            closing = history.discharge.map { $0.on <= zone.date(of: deadline.dueAt) } ?? isKept
        case .referralAnswer:
            for (index, referral) in history.referrals.enumerated() {
                // The waiting list's clock is none of sending.
                if referral.events.contains(where: { $0.state == .sent && $0.id.value == deadline.startedBy }) {
                    referrals[index].answers.count(isKept)
                }
            }
        case .nextContact, .firstAppointment: break
        }
        if deadline.isOverdue(at: asOf) {
            outline.overdue += 1
            overdueDays += zone.date(of: asOf).days(since: zone.date(of: deadline.dueAt))
        }
    }
}

extension Deadline {
    /// Whether it was kept; `nil` while it still runs, and where something else ended it in time.
    fileprivate func isKept(asOf: Instant) -> Bool? {
        switch outcome {
        case .met(let at): at <= dueAt
        case .cancelled(let at, _): at > dueAt ? false : nil
        case .open: isOverdue(at: asOf) ? false : nil
        }
    }
}

extension ReferralResult {
    fileprivate init(of referral: Referral, in zone: Zone) {
        self.init(service: referral.service)
        isConnected = referral.state == .connected
        guard let sent = referral.reached(.sent) else { return }
        func days(to end: Instant) -> Int { zone.date(of: end).days(since: zone.date(of: sent)) }
        daysToAnswer = referral.answeredAt.map(days)
        daysToAppointment = referral.reached(.attended).map(days)
    }
}
