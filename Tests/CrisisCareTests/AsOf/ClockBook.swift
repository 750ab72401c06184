import CivilTime

@testable import CrisisCare

/// The practice's table of clocks, played forward one event after the other: an answer of its own to "what is open".
///
/// Where the program computes each deadline from the whole history, this keeps a book of running clocks, as a person
/// with a wall calendar would, and knows nothing that lies after the instant asked for.
struct ClockBook {
    struct Entry: Hashable {
        let kind: DeadlineKind
        let about: Deadline.About
        let dueAt: Instant
    }

    private struct Clock: Hashable {
        let kind: DeadlineKind
        let about: Deadline.About
    }

    private enum Due {
        case instant(Instant)
        case day(CivilDate)
    }

    private let history: EpisodeHistory
    private let practice: Practice
    private var running: [Clock: Due] = [:]
    private var response: Instant?
    private var extendedTo: CivilDate?
    private var activeVersion: Int?
    private var planIsSettled = false
    private var appointments: [RecordID<Referral>: Instant] = [:]

    /// What is open at an instant.
    static func open(_ history: EpisodeHistory, at instant: Instant, under practice: Practice) -> [Entry] {
        var book = ClockBook(history: history, practice: practice)
        for happening in history.happenings where happening.at <= instant {
            if case .discharge = happening.what { return [] }
            book.note(happening)
        }
        return book.entries
    }

    private init(history: EpisodeHistory, practice: Practice) {
        self.history = history
        self.practice = practice
    }

    private var lastDay: CivilDate? {
        guard let days = practice.policy.windowDays, let response else { return nil }
        let regular = practice.zone.date(of: response).adding(days: days)
        return max(regular, extendedTo ?? regular)
    }

    private var entries: [Entry] {
        var list: [Entry] = []
        for (clock, due) in running {
            switch due {
            case .instant(let instant): list.append(Entry(kind: clock.kind, about: clock.about, dueAt: instant))
            case .day(let day):
                let endsWithWindow = clock.kind == .nextContact || clock.kind == .planReview
                if endsWithWindow, let lastDay, day > lastDay { continue }
                let midnight = practice.zone.startOfDay(day.adding(days: 1))
                list.append(Entry(kind: clock.kind, about: clock.about, dueAt: midnight - 1))
            }
        }
        return list
    }

    private mutating func note(_ happening: Happening) {
        let at = happening.at
        switch happening.what {
        case .call: noteCall()
        case .transfer: if practice.policy.responseClock == .transferred { startArrival(from: at) }
        case .callEnd: if practice.policy.responseClock == .callEnded { startArrival(from: at) }
        case .arrival: noteArrival(at)
        case .extended(let end):
            extendedTo = max(extendedTo ?? end, end)
            startClose()
        case .plan(let version, let reviewOn):
            activeVersion = version
            planIsSettled = true
            stop(.safetyPlan)
            startReview(from: at, on: reviewOn)
        case .decline:
            planIsSettled = true
            stop(.safetyPlan)
        case .review(let next): startReview(from: at, on: next)
        case .visit(let visit): note(visit)
        case .step(let id, let event): note(event, of: id)
        case .discharge: running = [:]
        }
    }

    private mutating func noteCall() {
        startArrival(from: history.callReceivedAt)
        if history.mode == .deferredMobile, let hours = practice.policy.deferredResponseHours {
            start(.deferredResponse, .instant(history.callReceivedAt + hours * 3_600))
        }
        if history.mode == .phone { noteResponse(history.callReceivedAt) }
    }

    private mutating func startArrival(from instant: Instant) {
        guard history.mode == .mobile, response == nil, let minutes = practice.policy.arrivalMinutes else { return }
        start(.arrival, .instant(instant + (minutes + practice.policy.arrivalAllowanceMinutes) * 60))
    }

    private mutating func noteArrival(_ instant: Instant) {
        stop(.arrival)
        stop(.deferredResponse)
        noteResponse(instant)
    }

    private var isFollowed: Bool {
        history.mode != .phone || practice.policy.phoneOnlyFollowUp
    }

    private mutating func noteResponse(_ instant: Instant) {
        response = instant
        startClose()
        guard isFollowed else { return }
        if let hours = practice.policy.firstContactHours {
            start(.firstContact, .instant(instant + hours * 3_600))
        }
        if let days = practice.policy.safetyPlanDays, !planIsSettled {
            start(.safetyPlan, .day(practice.zone.date(of: instant).adding(days: days)))
        }
    }

    private mutating func startClose() {
        guard let lastDay else { return }
        let dayOfCall = practice.zone.date(of: history.callReceivedAt)
        let phoneDay = dayOfCall.adding(days: practice.policy.phoneOnlyCloseDays)
        start(.close, .day(history.mode == .phone ? phoneDay : lastDay))
    }

    private mutating func startReview(from instant: Instant, on day: CivilDate?) {
        guard isFollowed, let days = practice.policy.planReviewDays, let activeVersion else { return }
        running = running.filter { $0.key.kind != .planReview }
        let due = day ?? practice.zone.date(of: instant).adding(days: days)
        running[Clock(kind: .planReview, about: .plan(version: activeVersion))] = .day(due)
    }

    private mutating func note(_ visit: Visit) {
        let isFamily = visit.with == .youth || visit.with == .caregiver || visit.with == .both
        guard response != nil, isFamily, visit.result == .completed else { return }
        stop(.firstContact)
        guard isFollowed, let days = practice.policy.nextContactDays else { return }
        start(.nextContact, .day(visit.promisedNext ?? practice.zone.date(of: visit.at).adding(days: days)))
    }

    private mutating func note(_ event: ReferralEvent, of id: RecordID<Referral>) {
        let answer = Clock(kind: .referralAnswer, about: .referral(id))
        let appointment = Clock(kind: .firstAppointment, about: .referral(id))
        let today = practice.zone.date(of: event.at)
        if let known = event.appointmentAt { appointments[id] = known }
        switch event.state {
        case .identified, .offered, .noShow, .cancelled, .connected: break
        case .sent:
            running[answer] = practice.policy.referralAnswerBusinessDays.map { .day(workingDay($0, after: today)) }
        case .waitlisted: running[answer] = practice.policy.waitlistDays.map { .day(today.adding(days: $0)) }
        case .accepted:
            running[answer] = nil
            running[appointment] = practice.policy.firstAppointmentDays.map { .day(today.adding(days: $0)) }
        case .scheduled: break
        case .attended, .rejected, .declinedByFamily, .closedWithoutConnection:
            running[answer] = nil
            running[appointment] = nil
        }
        if running[appointment] != nil, let known = appointments[id] {
            running[appointment] = .day(practice.zone.date(of: known))
        }
    }

    private func workingDay(_ count: Int, after day: CivilDate) -> CivilDate {
        let days = (1...90).map { day.adding(days: $0) }
        return days.filter { $0.weekday < 6 && !practice.holidays.contains($0) }[count - 1]
    }

    private mutating func start(_ kind: DeadlineKind, _ due: Due) {
        running[Clock(kind: kind, about: .episode)] = due
    }

    private mutating func stop(_ kind: DeadlineKind) {
        running[Clock(kind: kind, about: .episode)] = nil
    }
}
