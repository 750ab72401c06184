package import CivilTime

/// A supervised lengthening of the follow-up window, which counts from the moment it is granted.
package struct WindowExtension: Hashable, Sendable {
    package let id: RecordID<WindowExtension>
    package var grantedAt: Instant
    /// The window's new last day.
    package var newEnd: CivilDate

    package init(id: RecordID<WindowExtension>, grantedAt: Instant, newEnd: CivilDate) {
        self.id = id
        self.grantedAt = grantedAt
        self.newEnd = newEnd
    }
}

/// The civil days in which the team meets with the family; both ends are inclusive.
package struct FollowUpWindow: Hashable, Sendable {
    /// The local day of the response.
    package let firstDay: CivilDate
    /// The last day by the policy alone: the first plus 42 days, whatever daylight saving does.
    package let regularEnd: CivilDate
    /// The last day with the extensions granted.
    package let lastDay: CivilDate

    package var isExtended: Bool {
        lastDay > regularEnd
    }
}

extension EpisodeHistory {
    /// The follow-up window, or `nil` before the response and in a program without one.
    package func window(under practice: Practice) -> FollowUpWindow? {
        guard let days = practice.policy.windowDays, let response else { return nil }
        let firstDay = practice.zone.date(of: response)
        let regularEnd = firstDay.adding(days: days)
        let lastDay = extensions.reduce(regularEnd) { max($0, $1.newEnd) }
        return FollowUpWindow(firstDay: firstDay, regularEnd: regularEnd, lastDay: lastDay)
    }

    /// The window as it stood at an instant: an extension granted later did not count yet.
    package func window(at instant: Instant, under practice: Practice) -> FollowUpWindow? {
        var past = self
        past.extensions.removeAll { $0.grantedAt > instant }
        return past.window(under: practice)
    }
}
