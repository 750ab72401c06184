package import CivilTime

/// The end of an episode.
package struct Discharge: Hashable, Sendable {
    /// When it takes effect: the instant entered, or the midnight that ends a day known only by its date.
    package var at: Instant
    /// The civil day that the record shows.
    package var on: CivilDate

    package init(at: Instant, on: CivilDate) {
        self.at = at
        self.on = on
    }

    /// A discharge known only by its date takes effect at the next local midnight (practice.md section 2).
    package init(on day: CivilDate, in zone: Zone) {
        self.init(at: zone.startOfDay(day.adding(days: 1)), on: day)
    }
}
