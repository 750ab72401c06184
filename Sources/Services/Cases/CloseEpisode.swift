internal import CivilTime
package import CrisisCare
internal import SQLite
internal import Storage

/// What has to be known to close an episode.
package struct NewDischarge: Sendable {
    package var discharge: Discharge
    package var reason: CodeID
    package var isUnableToReach: Bool
    /// Why open referrals are handed over.
    package var handoverReason = ""
    /// Why a supervisor overrules the closing gate.
    package var overrideReason = ""

    package init(discharge: Discharge, reason: CodeID, isUnableToReach: Bool) {
        self.discharge = discharge
        self.reason = reason
        self.isUnableToReach = isUnableToReach
    }

    /// What the rules look at.
    var closing: Closing {
        Closing(
            discharge: discharge,
            isUnableToReach: isUnableToReach,
            handsOverReferrals: !handoverReason.isBlank,
            isOverruled: !overrideReason.isBlank
        )
    }
}

extension EpisodeWork {
    /// Discharges: closes the case and cancels its open deadlines with that reason.
    mutating func close(_ new: NewDischarge, now: Instant) throws {
        let closing = new.closing
        // A reason is kept only where something was overruled, so that counting reasons counts overrules.
        let isOverruled = !history.gaps(for: closing, under: practice).isEmpty
        try history.close(closing, now: now, under: practice)
        record.discharge = new.discharge
        record.dischargeReason = new.reason
        record.handoverReason = new.handoverReason
        record.closingOverride = isOverruled ? new.overrideReason : ""
        var detail = AuditDetail()
        detail.add("discharged_on", from: nil, to: new.discharge.on)
        detail.add("override", from: nil, to: record.closingOverride.isEmpty ? nil : record.closingOverride)
        note("episode close", detail)
        isChanged = true
    }
}
