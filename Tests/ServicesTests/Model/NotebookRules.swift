import CivilTime
import CrisisCare

// What the practice refuses, each rule in the words of its description.
extension NotebookCase {
    /// Whether something can have happened at an instant.
    func problems(at instant: Instant, now: Instant) -> Reasons {
        var reasons: Reasons = []
        if instant > now { reasons.insert("in-the-future") }
        if instant < call { reasons.insert("before-episode") }
        if let leaving, leaving.at <= instant { reasons.insert("episode-closed") }
        return reasons
    }

    func problems(of visit: Seen, now: Instant, _ policy: NotebookPolicy, _ zone: Zone) -> Reasons {
        var reasons = problems(at: visit.at, now: now)
        let window = window(at: visit.at, policy, zone)
        let day = zone.date(of: visit.at)
        if let window, day > window.upperBound { reasons.insert("window-closed") }
        if isMinorConsented, visit.isWithCaregiver, !visit.isOverruled { reasons.insert("minor-consented") }
        guard let promised = visit.promised else { return reasons }
        if let response, visit.result == .completed, visit.isWithFamily, visit.at >= response {
            if promised < day || window.map({ promised > $0.upperBound }) ?? false {
                reasons.insert("promise-outside-window")
            }
        } else {
            reasons.insert("promise-without-contact")
        }
        return reasons
    }

    /// Call, transfer, dispatch, arrival, discharge: none before the one it follows.
    func problemsOfOrder() -> Reasons {
        let steps = [call] + [transferredAt, dispatchedAt, arrivedAt, leaving?.at].compactMap(\.self)
        return zip(steps, steps.dropFirst()).allSatisfy { $0 <= $1 } ? [] : ["before-arrival"]
    }

    /// A new or corrected response gives a window that has to hold what was done.
    func problemsOfWindow(_ policy: NotebookPolicy, _ zone: Zone) -> Reasons {
        var reasons: Reasons = []
        for visit in visits {
            guard let window = window(at: visit.at, policy, zone) else { continue }
            if zone.date(of: visit.at) > window.upperBound { reasons.insert("window-closed") }
        }
        if let window = window(at: .distantFuture, policy, zone), let days = policy.windowDays,
            window.upperBound > window.lowerBound.adding(days: days + policy.extensionDays)
        {
            reasons.insert("extension-too-long")
        }
        return reasons
    }

    /// Whether the case can stand corrected as it is here.
    func problemsOfCorrection(now: Instant, _ policy: NotebookPolicy, _ zone: Zone) -> Reasons {
        var reasons = problemsOfOrder().union(problemsOfWindow(policy, zone))
        if [call, transferredAt, dispatchedAt, arrivedAt].contains(where: { $0.map { $0 > now } ?? false }) {
            reasons.insert("in-the-future")
        }
        if isPhone, arrivedAt != nil { reasons.insert("phone-only") }
        var records = visits.map(\.at) + plans.map(\.at) + reviews.map(\.at) + extensions.map(\.grantedAt)
        records += [declinedAt].compactMap(\.self) + referrals.compactMap { $0.steps.first?.at }
        if records.contains(where: { $0 < call }) { reasons.insert("before-episode") }
        return reasons
    }

    func problems(of step: NotebookReferral.Step, after last: NotebookReferral.Step?, now: Instant) -> Reasons {
        var reasons: Reasons = []
        if step.at > now { reasons.insert("in-the-future") }
        // Answers and appointments come when they come, after the discharge too.
        if [.identified, .offered, .sent].contains(step.state) { reasons.formUnion(problems(at: step.at, now: now)) }
        if step.at < last?.at ?? call { reasons.insert("state-order") }
        if step.state == .scheduled, step.appointment == nil { reasons.insert("state-order") }
        let allowed = last.map { NotebookReferral.next(after: $0.state) } ?? [.identified]
        if !allowed.contains(step.state) { reasons.insert("state-order") }
        return reasons
    }

    /// What is missing for a closing; a supervisor may overrule it.
    func gaps(of leaving: Leaving, isHandedOver: Bool, _ policy: NotebookPolicy) -> Reasons {
        guard let past = asOf(leaving.at) else { return [] }
        var gaps: Reasons = []
        if !isPhone, policy.planDays != nil, past.plans.isEmpty, past.declinedAt == nil { gaps.insert("plan-missing") }
        if !isHandedOver, referrals.contains(where: \.isOpen) { gaps.insert("referral-open") }
        if leaving.reason == "unable to reach", past.attemptsSinceContact < policy.attempts {
            gaps.insert("attempts-too-few")
        }
        return gaps
    }

    /// What stands in the way of a closing whatever a supervisor says.
    func problems(of leaving: Leaving, now: Instant) -> Reasons {
        var reasons: Reasons = []
        if self.leaving != nil { reasons.insert("episode-closed") }
        if leaving.at > now { reasons.insert("in-the-future") }
        var closed = self
        closed.leaving = leaving
        reasons.formUnion(closed.problemsOfOrder())
        var records = visits.map(\.at) + plans.map(\.at) + reviews.map(\.at) + extensions.map(\.grantedAt)
        records += [declinedAt].compactMap(\.self)
        records += referrals.flatMap(\.steps).filter { [.identified, .offered, .sent].contains($0.state) }.map(\.at)
        if records.contains(where: { $0 > leaving.at }) { reasons.insert("episode-closed") }
        return reasons
    }
}
