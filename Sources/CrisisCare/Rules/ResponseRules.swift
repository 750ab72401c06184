package import CivilTime

extension EpisodeHistory {
    /// Checks a new episode: nothing in the future, and its steps in order.
    package func checkOpening(now: Instant) throws(RuleViolation) {
        try Self.checkPast("the call", at: callReceivedAt, now: now)
        for step in steps { try Self.checkPast(step.name, at: step.at, now: now) }
        try checkStepOrder()
    }

    package mutating func recordTransfer(at instant: Instant, now: Instant) throws(RuleViolation) {
        try changeStep("the transfer", from: transferredAt, to: instant, now: now) { $0.transferredAt = instant }
    }

    package mutating func recordDispatch(at instant: Instant, now: Instant) throws(RuleViolation) {
        try changeStep("the dispatch", from: dispatchedAt, to: instant, now: now) { $0.dispatchedAt = instant }
    }

    /// The arrival is the response of a mobile or deferred mobile episode and starts its follow-up window.
    package mutating func recordArrival(
        at instant: Instant,
        now: Instant,
        under practice: Practice
    ) throws(RuleViolation) {
        guard mode.isMobile else {
            throw RuleViolation(
                .phoneOnly,
                "the episode was answered by phone, so there is no arrival to record",
                remedy: "If a clinician did go there, the response mode has to be corrected first."
            )
        }
        var changed = self
        try changed.changeStep("the arrival", from: arrivedAt, to: instant, now: now) { $0.arrivedAt = instant }
        try changed.checkWindowHolds(under: practice)
        self = changed
    }

    /// Corrects steps that were recorded wrongly; what was done stays, and has to fit the corrected window.
    package mutating func correct(
        now: Instant,
        under practice: Practice,
        _ change: (inout EpisodeHistory) -> Void
    ) throws(RuleViolation) {
        var changed = self
        change(&changed)
        guard changed.mode.isMobile || changed.arrivedAt == nil else {
            throw RuleViolation(
                .phoneOnly,
                "an episode that was answered by phone has no arrival, and one is recorded",
                remedy: "Correct the response mode, or take the arrival away in the same command with --clear arrived."
            )
        }
        try changed.checkOpening(now: now)
        if let first = changed.firstRecord, first < changed.callReceivedAt {
            throw RuleViolation(
                .beforeEpisode,
                "something recorded in this case would lie before the corrected call",
                remedy: "Check the date and time."
            )
        }
        try changed.checkWindowHolds(under: practice)
        self = changed
    }

    private mutating func changeStep(
        _ name: String,
        from old: Instant?,
        to instant: Instant,
        now: Instant,
        _ change: (inout EpisodeHistory) -> Void
    ) throws(RuleViolation) {
        guard old == nil else {
            throw RuleViolation(
                .stateOrder,
                "\(name) is already recorded",
                remedy: "To correct it: followup episode amend CASE."
            )
        }
        try Self.checkPast(name, at: instant, now: now)
        guard !isClosed(at: instant) else {
            throw RuleViolation(
                .episodeClosed,
                "the episode was already discharged at that time",
                remedy: "Check the date, or open a new episode for a new crisis."
            )
        }
        var changed = self
        change(&changed)
        try changed.checkStepOrder()
        self = changed
    }

    /// The steps recorded after the call, in the order in which they have to happen.
    private var steps: [(name: String, at: Instant)] {
        [("the transfer", transferredAt), ("the dispatch", dispatchedAt), ("the arrival", arrivedAt)]
            .compactMap { name, at in at.map { (name, $0) } }
    }

    /// Call, transfer, dispatch, arrival, discharge: none before the one it follows.
    func checkStepOrder() throws(RuleViolation) {
        var last = (name: "the call", at: callReceivedAt)
        for step in steps + (discharge.map { [("the discharge", $0.at)] } ?? []) {
            guard step.at >= last.at else {
                throw RuleViolation(
                    .beforeArrival,
                    "\(step.name) would lie before \(last.name)",
                    remedy: "Check both times; the order is call, transfer, dispatch, arrival, discharge."
                )
            }
            last = step
        }
        if let callEndedAt, callEndedAt < callReceivedAt {
            throw RuleViolation(
                .beforeArrival,
                "the end of the call would lie before the call",
                remedy: "Check both times."
            )
        }
    }

    /// Every visit recorded has to lie inside the window that a new or corrected response gives.
    private func checkWindowHolds(under practice: Practice) throws(RuleViolation) {
        for visit in visits { try checkWindow(at: visit.at, under: practice) }
        guard let window = window(under: practice) else { return }
        try Self.checkExtensionLimit(window.lastDay, of: window, under: practice)
    }

    private var firstRecord: Instant? {
        [
            visits.map(\.at).min(), plans.map(\.activatedAt).min(), reviews.map(\.at).min(), planDeclinedAt,
            extensions.map(\.grantedAt).min(), referrals.compactMap { $0.events.first?.at }.min(),
        ]
        .compactMap { $0 }.min()
    }
}
