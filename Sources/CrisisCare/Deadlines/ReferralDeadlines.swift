internal import CivilTime

extension EpisodeHistory {
    /// `referral-answer` from sending and from a waiting list, `first-appointment` from acceptance.
    func addReferralDeadlines(to deadlines: inout [Deadline], under practice: Practice) {
        for referral in referrals {
            for index in referral.events.indices {
                if let deadline = referral.deadline(startedBy: index, under: practice) { deadlines.append(deadline) }
            }
        }
    }
}

extension Referral {
    fileprivate func deadline(startedBy index: Int, under practice: Practice) -> Deadline? {
        let start = events[index]
        let later = events[(index + 1)...]
        let day = practice.zone.date(of: start.at)
        let due: CivilDate
        let kind: DeadlineKind
        let end: ReferralEvent?
        switch start.state {
        case .sent:
            guard let days = practice.policy.referralAnswerBusinessDays else { return nil }
            due = practice.day(days, businessDaysAfter: day)
            kind = .referralAnswer
            end = later.first { $0.state.isAnswer }
        case .waitlisted:
            guard let days = practice.policy.waitlistDays else { return nil }
            due = day.adding(days: days)
            kind = .referralAnswer
            end = later.first { $0.state.isAnswer }
        case .accepted:
            guard let days = practice.policy.firstAppointmentDays else { return nil }
            due = appointmentAt.map { practice.zone.date(of: $0) } ?? day.adding(days: days)
            kind = .firstAppointment
            end = later.first { $0.state == .attended || !$0.state.isOpen }
        default:
            return nil
        }
        return Deadline(
            kind: kind,
            about: .referral(id),
            startedBy: start.id.value,
            startedAt: start.at,
            dueAt: practice.zone.endOfDay(due),
            outcome: end.map { outcome(of: kind, endedBy: $0) } ?? .open
        )
    }

    private func outcome(of kind: DeadlineKind, endedBy event: ReferralEvent) -> Deadline.Outcome {
        switch (kind, event.state) {
        case (_, .closedWithoutConnection), (.firstAppointment, .declinedByFamily):
            .cancelled(event.at, .referralEnded)
        default:
            .met(event.at)
        }
    }
}
