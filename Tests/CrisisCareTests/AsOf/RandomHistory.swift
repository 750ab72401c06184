import CivilTime

@testable import CrisisCare

/// A history as people make one: commands in any order of entry, at any times, through the rules.
///
/// The seed decides everything. What a rule refuses leaves no trace; `accepted` counts what got through.
struct RandomHistory {
    enum Command: CaseIterable {
        case arrival, transfer, callEnd, visit, void, plan, review, decline, `extension`, referral, step, close,
            correction
    }

    let practice: Practice
    private(set) var history: EpisodeHistory
    private(set) var accepted: [Command: Int] = [:]
    private var generator: SeededGenerator
    private var nextID: Int64 = 10

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        practice = Self.practice(using: &generator)
        // Every season, so that both clock changes fall into some windows.
        let call = at("2026-01-05 00:00") + Int.random(in: 0..<360 * 86_400, using: &generator)
        let mode = generator.one(of: [ResponseMode.mobile, .mobile, .mobile, .deferredMobile, .phone])
        history = EpisodeHistory(
            id: EpisodeID(1),
            mode: mode,
            callReceivedAt: call,
            minorConsented: generator.once(in: 20)
        )
        self.generator = generator
        for _ in 0..<Int.random(in: 4...45, using: &self.generator) { tryOne() }
    }

    private static func practice(using generator: inout SeededGenerator) -> Practice {
        let holidays = Set(
            (0..<12).map { _ in day("2026-01-01").adding(days: Int.random(in: 0..<450, using: &generator)) }
        )
        let base = generator.once(in: 8) ? adult : youth
        let clock = generator.one(of: ResponseClock.allCases)
        let allowance = generator.one(of: [0, 0, 10])
        let phoneOnlyFollowUp = generator.once(in: 2)
        return base.with(holidays: holidays).with {
            $0.responseClock = clock
            $0.arrivalAllowanceMinutes = allowance
            $0.phoneOnlyFollowUp = phoneOnlyFollowUp
        }
    }

    /// What can be done; what is done often stands there more than once.
    private static let commands: [Command] =
        Command.allCases + [.arrival, .visit, .visit, .visit, .step]

    private mutating func tryOne() {
        let command = generator.one(of: Self.commands)
        var changed = self
        do {
            try changed.run(command)
            changed.accepted[command, default: 0] += 1
        } catch {
            changed.history = history
        }
        // The dice have moved on even when the rule refused, so that the next try differs.
        self = changed
    }

    private mutating func run(_ command: Command) throws(RuleViolation) {
        switch command {
        case .arrival: try arrive()
        case .transfer: try transfer()
        case .callEnd: if history.callEndedAt == nil { history.callEndedAt = history.callReceivedAt + 400 }
        case .visit: try visit()
        case .void: voidVisit()
        case .plan: try activatePlan()
        case .review: try review()
        case .decline: try decline()
        case .extension: try extend()
        case .referral: try addReferral()
        case .step: try advanceReferral()
        case .close: try close()
        case .correction: try correct()
        }
    }

    private mutating func id() -> Int64 {
        nextID += 1
        return nextID
    }

    /// A time in the 70 days after the call: often one that is taken already, or a second beside a local midnight.
    private mutating func time() -> Instant {
        let any = history.callReceivedAt + Int.random(in: 0..<70 * 86_400, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return history.visits.isEmpty ? any : generator.one(of: history.visits).at
        case 1: return newYork.endOfDay(newYork.date(of: any)) + Int.random(in: 0...1, using: &generator)
        default: return any
        }
    }

    private mutating func arrive() throws(RuleViolation) {
        let limit = history.mode == .mobile ? 7_200 : 4 * 86_400
        let instant = history.callReceivedAt + Int.random(in: 0..<limit, using: &generator)
        try history.recordArrival(at: instant, now: muchLater, under: practice)
    }

    private mutating func transfer() throws(RuleViolation) {
        let instant = history.callReceivedAt + Int.random(in: 0..<900, using: &generator)
        try history.recordTransfer(at: instant, now: muchLater)
    }

    private mutating func visit() throws(RuleViolation) {
        let instant = time()
        let promised = newYork.date(of: instant).adding(days: Int.random(in: 0...20, using: &generator))
        let visit = Visit(
            id: RecordID(id()),
            at: instant,
            mode: generator.one(of: ContactMode.allCases),
            result: generator.one(of: [.completed, .completed, .completed] + ContactResult.allCases),
            with: generator.one(of: ContactWith.allCases),
            promisedNext: generator.once(in: 3) ? promised : nil
        )
        try history.record(visit, isOverruled: generator.once(in: 2), now: muchLater, under: practice)
    }

    private mutating func voidVisit() {
        guard !history.visits.isEmpty else { return }
        history.visits.remove(at: Int.random(in: history.visits.indices, using: &generator))
    }

    private mutating func activatePlan() throws(RuleViolation) {
        let instant = time()
        let reviewOn = newYork.date(of: instant).adding(days: Int.random(in: 0...20, using: &generator))
        let plan = PlanVersion(
            id: RecordID(id()),
            version: history.plans.count + 1,
            activatedAt: instant,
            reviewOn: generator.once(in: 3) ? nil : reviewOn
        )
        let content = CompletePlan.without { $0.reviewOn = reviewOn }
        try history.activate(plan, content: content, now: muchLater, under: practice)
    }

    private mutating func review() throws(RuleViolation) {
        let instant = time()
        let next = newYork.date(of: instant).adding(days: Int.random(in: 1...20, using: &generator))
        let review = PlanReview(id: RecordID(id()), at: instant, nextReviewOn: generator.once(in: 2) ? next : nil)
        try history.record(review, now: muchLater)
    }

    private mutating func decline() throws(RuleViolation) {
        try history.declinePlan(at: time(), now: muchLater)
    }

    private mutating func extend() throws(RuleViolation) {
        guard let window = history.window(under: practice) else { return }
        try history.grant(
            WindowExtension(
                id: RecordID(id()),
                grantedAt: time(),
                newEnd: window.regularEnd.adding(days: Int.random(in: 0...16, using: &generator))
            ),
            approval: ExtensionApproval(requestedBy: StaffID(1), approvedBy: StaffID(2), approverIsSupervisor: true),
            now: muchLater,
            under: practice
        )
    }

    private mutating func event(_ state: ReferralState, at instant: Instant) -> ReferralEvent {
        let appointment = instant + Int.random(in: 0..<30 * 86_400, using: &generator)
        let hasOne = state == .scheduled || state == .accepted && generator.once(in: 2)
        return ReferralEvent(id: RecordID(id()), at: instant, state: state, appointmentAt: hasOne ? appointment : nil)
    }

    private mutating func addReferral() throws(RuleViolation) {
        let start = event(generator.one(of: [.identified, .sent, .sent, .waitlisted, .accepted]), at: time())
        try history.add(RecordID(id()), startingWith: start, isImportedHistory: true, now: muchLater)
    }

    private mutating func advanceReferral() throws(RuleViolation) {
        guard !history.referrals.isEmpty else { return }
        let referral = generator.one(of: history.referrals)
        guard let last = referral.events.last else { return }
        let choices = ReferralState.allCases.filter { referral.state.next.contains($0) }
        guard !choices.isEmpty else { return }
        let instant = last.at + generator.one(of: [0, Int.random(in: 0..<15 * 86_400, using: &generator)])
        let step = event(generator.one(of: choices), at: instant)
        try history.advance(referral.id, with: step, now: muchLater)
    }

    private mutating func close() throws(RuleViolation) {
        // Closings come late and seldom, or most histories would end at once.
        guard generator.once(in: 3) else { return }
        let instant = time()
        let today = newYork.date(of: instant)
        let byDate = generator.once(in: 2)
        let closing = Closing(
            discharge: byDate ? Discharge(on: today, in: newYork) : Discharge(at: instant, on: today),
            isUnableToReach: generator.once(in: 3),
            handsOverReferrals: generator.once(in: 2),
            isOverruled: generator.once(in: 2)
        )
        try history.close(closing, now: muchLater, under: practice)
    }

    private mutating func correct() throws(RuleViolation) {
        guard let arrived = history.arrivedAt else { return }
        let corrected = arrived + Int.random(in: -86_400...86_400, using: &generator)
        try history.correct(now: muchLater, under: practice) { $0.arrivedAt = corrected }
    }
}
