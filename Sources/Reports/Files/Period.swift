package import CivilTime

/// The episodes that a file or report is about: those whose call lies in the period, both days inclusive
/// (practice.md section 6: an episode belongs to the period of its call).
package struct Period: Sendable {
    package var from: CivilDate?
    package var to: CivilDate?

    package init(from: CivilDate? = nil, to: CivilDate? = nil) {
        self.from = from
        self.to = to
    }

    package func start(in zone: Zone) -> Instant {
        from.map(zone.startOfDay) ?? .distantPast
    }

    /// The first instant after the period.
    package func end(in zone: Zone) -> Instant {
        to.map { zone.startOfDay($0.adding(days: 1)) } ?? .distantFuture
    }
}
