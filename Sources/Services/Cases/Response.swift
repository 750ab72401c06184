package import CivilTime
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

/// A correction of when the steps of a response happened; what is `nil` stays.
package struct ResponseCorrection: Sendable {
    package var callReceivedAt: Instant?
    package var transferredAt: Instant?
    package var dispatchedAt: Instant?
    package var arrivedAt: Instant?

    package init(
        callReceivedAt: Instant? = nil,
        transferredAt: Instant? = nil,
        dispatchedAt: Instant? = nil,
        arrivedAt: Instant? = nil
    ) {
        self.callReceivedAt = callReceivedAt
        self.transferredAt = transferredAt
        self.dispatchedAt = dispatchedAt
        self.arrivedAt = arrivedAt
    }
}

extension EpisodeWork {
    /// Corrects steps that were recorded wrongly. Old and new values are audited; the deadlines of this case follow.
    mutating func correct(_ correction: ResponseCorrection, reason: String, _ change: Change) throws {
        guard correction.arrivedAt == nil || record.mode.isMobile else {
            throw RuleViolation(
                .phoneOnly,
                "the episode was answered by phone, so there is no arrival to correct",
                remedy: "Check the case number."
            )
        }
        let old = record
        record.callReceivedAt = correction.callReceivedAt ?? old.callReceivedAt
        record.transferredAt = correction.transferredAt ?? old.transferredAt
        record.dispatchedAt = correction.dispatchedAt ?? old.dispatchedAt
        record.arrivedAt = correction.arrivedAt ?? old.arrivedAt
        let new = record
        // A call corrected to another day stands under the policy of that day.
        let practice = try change.practice(of: new.program, calledAt: new.callReceivedAt)
        try history.correct(now: change.now, under: practice) { history in
            history.callReceivedAt = new.callReceivedAt
            history.transferredAt = new.transferredAt
            history.dispatchedAt = new.dispatchedAt
            history.arrivedAt = new.arrivedAt
        }
        self.practice = practice
        var detail = AuditDetail()
        detail.add("call_received_at", from: old.callReceivedAt, to: new.callReceivedAt)
        detail.add("transferred_at", from: old.transferredAt, to: new.transferredAt)
        detail.add("dispatched_at", from: old.dispatchedAt, to: new.dispatchedAt)
        detail.add("arrived_at", from: old.arrivedAt, to: new.arrivedAt)
        detail.add("reason", from: nil, to: reason)
        note("episode amend", detail)
        isChanged = true
    }
}
