/// An open deadline: its kind, what it is about, and when it is due.
struct NaiveDeadline {
    let kind: String
    let about: String
    let dueAt: Int64
}

extension NaiveMoment {
    /// Every open deadline of the episode, clock by clock in the order of the practice's table.
    func openDeadlines(holidays: Set<String>) -> [NaiveDeadline] {
        // Discharge cancels every open deadline.
        guard isOpen else { return [] }
        var list: [NaiveDeadline] = []
        func due(_ kind: String, by instant: Int64) {
            list.append(NaiveDeadline(kind: kind, about: "", dueAt: instant))
        }
        func due(_ kind: String, on day: Int, about: String = "") {
            list.append(NaiveDeadline(kind: kind, about: about, dueAt: newYork.lastSecond(of: day)))
        }

        if !episode.isAdult {
            if episode.responseMode == "mobile" && arrivedAt == nil {
                due("arrival", by: episode.callAt + 45 * 60)
            }
            if episode.responseMode == "deferred mobile" && arrivedAt == nil {
                due("deferred-response", by: episode.callAt + 48 * 3_600)
            }
            if let responseAt, !episode.isPhoneOnly {
                if let last = contacts.last {
                    let day = newYork.day(of: last.at) + 7
                    if isInWindow(day) { due("next-contact", on: day) }
                } else {
                    due("first-contact", by: responseAt + 48 * 3_600)
                }
                if plans.isEmpty { due("safety-plan", on: newYork.day(of: responseAt) + 7) }
            }
            if let newest = plans.last, !episode.isPhoneOnly {
                let day = newest.reviewOn ?? newYork.day(of: newest.activatedAt) + 14
                if isInWindow(day) { due("plan-review", on: day, about: "version \(plans.count)") }
            }
            if episode.isPhoneOnly {
                due("close", on: newYork.day(of: episode.callAt) + 1)
            } else if let windowEnd {
                due("close", on: windowEnd)
            }
        }

        for referral in referrals {
            let about = "\(referral.serviceType), \(referral.agency)"
            guard let answeredAt = referral.answeredAt, answeredAt <= asOf else {
                let sentOn = newYork.day(of: referral.sentAt)
                let day = NaiveDay.adding(businessDays: 3, to: sentOn, holidays: holidays)
                due("referral-answer", on: day, about: about)
                continue
            }
            switch referral.status {
            case "waitlisted":
                due("referral-answer", on: newYork.day(of: answeredAt) + 14, about: about)
            case "accepted", "scheduled", "attended", "no-show", "cancelled", "connected":
                let isAttended = (referral.attendedAt ?? Int64.max) <= asOf
                if !isAttended {
                    let appointment = referral.appointmentAt.map { newYork.day(of: $0) }
                    due("first-appointment", on: appointment ?? newYork.day(of: answeredAt) + 14, about: about)
                }
            default:
                // Rejected, declined by family, closed without connection: the referral's clocks have ended.
                break
            }
        }
        return list
    }

    /// What falls after the window's last day is governed by `close`.
    private func isInWindow(_ day: Int) -> Bool {
        guard let windowEnd else { return true }
        return day <= windowEnd
    }
}
