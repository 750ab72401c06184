internal import CivilTime
package import CrisisCare
internal import SQLite

/// Makes the facts of episodes from the rows of `HistoryScan`, whose columns it knows by their place.
struct HistoryRowReader {
    private let responseMode = StoredCode<ResponseMode>()
    private let contactMode = StoredCode<ContactMode>()
    private let result = StoredCode<ContactResult>()
    private let metWith = StoredCode<ContactWith>()
    private let state = StoredCode<ReferralState>()

    func history(_ row: borrowing Statement) throws -> EpisodeHistory {
        var history = EpisodeHistory(
            id: try row.id(0),
            mode: try responseMode.read(row, 1),
            callReceivedAt: try row.instant(2)
        )
        history.transferredAt = try row.optionalInstant(3)
        history.callEndedAt = try row.optionalInstant(4)
        history.dispatchedAt = try row.optionalInstant(5)
        history.arrivedAt = try row.optionalInstant(6)
        if let at = try row.optionalInstant(7) { history.discharge = Discharge(at: at, on: try row.date(8)) }
        return history
    }

    func visit(_ row: borrowing Statement) throws -> Visit {
        Visit(
            id: try row.id(1),
            at: try row.instant(2),
            mode: try contactMode.read(row, 3),
            result: try result.read(row, 4),
            with: try metWith.read(row, 5),
            promisedNext: try row.optionalDate(6)
        )
    }

    func plan(_ row: borrowing Statement) throws -> PlanVersion {
        PlanVersion(
            id: try row.id(1),
            version: try row.int(2),
            activatedAt: try row.instant(3),
            reviewOn: try row.optionalDate(4)
        )
    }

    func review(_ row: borrowing Statement) throws -> PlanReview {
        PlanReview(id: try row.id(1), at: try row.instant(2), nextReviewOn: try row.optionalDate(3))
    }

    func windowExtension(_ row: borrowing Statement) throws -> WindowExtension {
        WindowExtension(id: try row.id(1), grantedAt: try row.instant(2), newEnd: try row.date(3))
    }

    func step(_ row: borrowing Statement) throws -> ScannedStep {
        ScannedStep(
            referral: try row.id(1),
            service: try row.id(2),
            event: ReferralEvent(
                id: try row.id(3),
                at: try row.instant(4),
                state: try state.read(row, 5),
                appointmentAt: try row.optionalInstant(6)
            )
        )
    }
}

/// A step, with the referral that it belongs to.
package struct ScannedStep: Sendable {
    package let referral: RecordID<Referral>
    package let service: CodeID
    package let event: ReferralEvent
}

extension EpisodeHistory {
    /// Adds a step to its referral, which the first of its steps brings in.
    mutating func add(_ step: ScannedStep) {
        if referrals.last?.id != step.referral {
            referrals.append(Referral(id: step.referral, service: step.service, events: []))
        }
        referrals[referrals.count - 1].events.append(step.event)
    }
}
