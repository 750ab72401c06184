internal import CivilTime
internal import CrisisCare
internal import SQLite

/// Makes the facts of an episode from the rows of `MeasuredRowStore`, whose columns it knows by their place.
struct MeasuredRowReader {
    private let sex = StoredCode<Sex>()
    private let responseMode = StoredCode<ResponseMode>()
    private let contactMode = StoredCode<ContactMode>()
    private let result = StoredCode<ContactResult>()
    private let metWith = StoredCode<ContactWith>()
    private let state = StoredCode<ReferralState>()

    func row(_ row: borrowing Statement) throws -> MeasuredRow {
        var history = EpisodeHistory(
            id: try row.id(0),
            mode: try responseMode.read(row, 13),
            callReceivedAt: try row.instant(14)
        )
        history.transferredAt = try row.optionalInstant(15)
        history.callEndedAt = try row.optionalInstant(16)
        history.dispatchedAt = try row.optionalInstant(17)
        history.arrivedAt = try row.optionalInstant(18)
        if let at = try row.optionalInstant(19) { history.discharge = Discharge(at: at, on: try row.date(20)) }
        return MeasuredRow(
            caseNumber: CaseNumber(order: try row.int64(1)),
            client: try row.id(2),
            birthDate: try row.optionalDate(3),
            sex: try sex.read(row, 4),
            program: try row.id(5),
            site: try row.id(6),
            clinician: try row.id(7),
            referralSource: try row.id(8),
            presentingProblem: try row.id(9),
            town: try row.optionalID(10),
            dischargeReason: try row.optionalID(11),
            hasClosingOverride: try row.bool(12),
            history: history
        )
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

    /// Adds a step to its referral, which the first of its steps brings in.
    func addStep(_ row: borrowing Statement, to measured: inout MeasuredRow) throws {
        let referral: RecordID<Referral> = try row.id(1)
        if measured.history.referrals.last?.id != referral {
            measured.history.referrals.append(Referral(id: referral, events: []))
            measured.services.append(try row.id(2))
        }
        measured.history.referrals[measured.history.referrals.count - 1].events.append(
            ReferralEvent(
                id: try row.id(3),
                at: try row.instant(4),
                state: try state.read(row, 5),
                appointmentAt: try row.optionalInstant(6)
            )
        )
    }
}
