internal import CivilTime

extension EpisodeHistory {
    /// `first-contact` from the response, and `next-contact` from each contact to the one that follows it.
    func addContactDeadlines(
        to deadlines: inout [Deadline],
        in window: FollowUpWindow?,
        under practice: Practice
    ) {
        guard let response else { return }
        let contacts = contacts
        if let hours = practice.policy.firstContactHours {
            deadlines.append(
                Deadline(
                    kind: .firstContact,
                    about: .episode,
                    startedBy: id.value,
                    startedAt: response,
                    dueAt: response.adding(seconds: Int64(hours) * 3600),
                    outcome: contacts.first.map { .met($0.at) } ?? .open
                )
            )
        }
        guard let days = practice.policy.nextContactDays else { return }
        for (index, contact) in contacts.enumerated() {
            let due = contact.promisedNext ?? practice.zone.date(of: contact.at).adding(days: days)
            // After the window's last day there is no next contact to wait for: `close` governs there.
            if let window, due > window.lastDay { continue }
            let following = index + 1 < contacts.count ? contacts[index + 1] : nil
            deadlines.append(
                Deadline(
                    kind: .nextContact,
                    about: .episode,
                    startedBy: contact.id.value,
                    startedAt: contact.at,
                    dueAt: practice.zone.endOfDay(due),
                    outcome: following.map { .met($0.at) } ?? .open
                )
            )
        }
    }
}
