internal import CivilTime
internal import CrisisCare
internal import SQLite

/// Makes the rows of a summary from those of `SummaryStore`, whose columns it knows by their place.
struct SummaryRowReader {
    private let sex = StoredCode<Sex>()
    private let responseMode = StoredCode<ResponseMode>()

    func row(_ row: borrowing Statement) throws -> SummaryRow {
        var facts = EpisodeHistory(
            id: try row.id(0),
            mode: try responseMode.read(row, 15),
            callReceivedAt: try row.instant(16),
            minorConsented: try row.bool(23)
        )
        facts.transferredAt = try row.optionalInstant(17)
        facts.callEndedAt = try row.optionalInstant(18)
        facts.dispatchedAt = try row.optionalInstant(19)
        facts.arrivedAt = try row.optionalInstant(20)
        if let at = try row.optionalInstant(21) { facts.discharge = Discharge(at: at, on: try row.date(22)) }
        return SummaryRow(
            caseNumber: CaseNumber(order: try row.int64(1)),
            sourceRef: try row.optionalText(2),
            client: try row.id(3),
            clientRef: try row.text(4),
            birthDate: try row.optionalDate(5),
            sex: try sex.read(row, 6),
            program: try row.id(7),
            site: try row.id(8),
            clinician: try row.id(9),
            referralSource: try row.id(10),
            presentingProblem: try row.id(11),
            town: try row.optionalID(12),
            dischargeReason: try row.optionalID(13),
            part2: try row.bool(14),
            facts: facts
        )
    }
}
