import CivilTime
import CrisisCare

/// Something that is owed: in which case, what, and until when.
struct Clock: Comparable, Hashable, CustomStringConvertible {
    let number: String
    let kind: String
    let due: Instant

    static func < (left: Clock, right: Clock) -> Bool {
        (left.due, left.number, left.kind) < (right.due, right.number, right.kind)
    }

    var description: String { "\(number) \(kind) \(due.seconds)" }
}

extension NotebookCase {
    /// Every clock that is still running, as the table of the practice has them; none once the case is closed.
    func openClocks(_ policy: NotebookPolicy, _ zone: Zone, _ holidays: Set<CivilDate>) -> [Clock] {
        guard isOpen else { return [] }
        var clocks: [Clock] = []
        func run(_ kind: String, until due: Instant?) {
            if let due { clocks.append(Clock(number: number, kind: kind, due: due)) }
        }
        func endOfDay(_ days: Int?, after instant: Instant) -> CivilDate? {
            days.map { zone.date(of: instant).adding(days: $0) }
        }
        if arrivedAt == nil, mode == .mobile {
            run("arrival", until: policy.arrivalMinutes.map { call.adding(seconds: Int64($0) * 60) })
        }
        if arrivedAt == nil, mode == .deferredMobile {
            run("deferred-response", until: policy.deferredHours.map { call.adding(seconds: Int64($0) * 3600) })
        }
        let lastDay = window(at: .distantFuture, policy, zone)?.upperBound
        func isInWindow(_ day: CivilDate) -> Bool { lastDay.map { day <= $0 } ?? true }
        if let response, !isPhone {
            if let last = contacts.last {
                let due =
                    policy.nextContactDays == nil
                    ? nil : last.promised ?? endOfDay(policy.nextContactDays, after: last.at)
                if let due, isInWindow(due) { run("next-contact", until: zone.endOfDay(due)) }
            } else {
                run("first-contact", until: policy.firstContactHours.map { response.adding(seconds: Int64($0) * 3600) })
            }
            if plans.isEmpty, declinedAt == nil {
                run("safety-plan", until: endOfDay(policy.planDays, after: response).map(zone.endOfDay))
            }
        }
        if !isPhone, let days = policy.reviewDays, let due = reviewDue(days, zone), isInWindow(due) {
            run("plan-review", until: zone.endOfDay(due))
        }
        if let lastDay {
            let due = isPhone ? zone.date(of: call).adding(days: policy.phoneDays) : lastDay
            run("close", until: zone.endOfDay(due))
        }
        for referral in referrals {
            guard let (kind, due) = referral.due(policy, zone, holidays) else { continue }
            run(kind, until: zone.endOfDay(due))
        }
        return clocks
    }

    /// From the last activation or review: its own date, or the policy's days.
    private func reviewDue(_ days: Int, _ zone: Zone) -> CivilDate? {
        let starts = plans.map { ($0.at, $0.reviewOn) } + reviews.map { ($0.at, $0.next) }
        guard let last = starts.max(by: { $0.0 < $1.0 }) else { return nil }
        return last.1 ?? zone.date(of: last.0).adding(days: days)
    }
}

extension NotebookReferral {
    /// The one clock of a referral that runs, and its day.
    fileprivate func due(
        _ policy: NotebookPolicy,
        _ zone: Zone,
        _ holidays: Set<CivilDate>
    ) -> (kind: String, day: CivilDate)? {
        switch state {
        case .sent:
            var day = zone.date(of: steps[steps.count - 1].at)
            var left = policy.answerBusinessDays
            while left > 0 {
                day = day.adding(days: 1)
                // 1 January 1970, day 0, was a Thursday.
                let weekday = ((day.dayNumber + 3) % 7 + 7) % 7
                if weekday < 5, !holidays.contains(day) { left -= 1 }
            }
            return ("referral-answer", day)
        case .waitlisted:
            return ("referral-answer", zone.date(of: steps[steps.count - 1].at).adding(days: policy.waitingDays))
        case .accepted, .scheduled, .noShow, .cancelled:
            // The appointment that is known last; one that was missed stays due on its date.
            if let appointment = steps.last(where: { $0.appointment != nil })?.appointment {
                return ("first-appointment", zone.date(of: appointment))
            }
            guard let accepted = steps.first(where: { $0.state == .accepted }) else { return nil }
            return ("first-appointment", zone.date(of: accepted.at).adding(days: policy.appointmentDays))
        default:
            return nil
        }
    }
}
