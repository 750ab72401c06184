package import CivilTime

extension EpisodeHistory {
    /// Whether an immediate mobile response arrived in time; `nil` where there is no such clock, or it still runs.
    ///
    /// The one clock without the others, for files of many episodes.
    package func isArrivalKept(under practice: Practice, asOf: Instant) -> Bool? {
        guard let arrival = responseDeadline(under: practice).flatMap(ended), arrival.kind == .arrival else {
            return nil
        }
        switch arrival.outcome {
        case .met(let at): return at <= arrival.dueAt
        case .cancelled(let at, _): return at > arrival.dueAt ? false : nil
        case .open: return arrival.isOverdue(at: asOf) ? false : nil
        }
    }
}
