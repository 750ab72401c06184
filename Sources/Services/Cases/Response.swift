internal import CivilTime
internal import CrisisCare
internal import Storage

extension EpisodeWork {
    mutating func transferred(at instant: Instant, now: Instant) throws {
        try history.recordTransfer(at: instant, now: now)
        try step("episode transferred", "transferred_at", from: record.transferredAt, to: instant)
        record.transferredAt = instant
    }

    mutating func dispatched(at instant: Instant, now: Instant) throws {
        try history.recordDispatch(at: instant, now: now)
        try step("episode dispatched", "dispatched_at", from: record.dispatchedAt, to: instant)
        record.dispatchedAt = instant
    }

    /// Records the arrival; a late one keeps its reason.
    mutating func arrived(at instant: Instant, lateReason: String, now: Instant) throws {
        try history.recordArrival(at: instant, now: now, under: practice)
        try step("episode arrived", "arrived_at", from: record.arrivedAt, to: instant)
        record.arrivedAt = instant
        record.lateArrivalReason = lateReason
    }

    private mutating func step(_ action: String, _ field: String, from old: Instant?, to new: Instant) throws {
        var detail = AuditDetail()
        detail.add(field, from: old, to: new)
        note(action, detail)
        isChanged = true
    }
}
