internal import CivilTime
internal import CrisisCare
internal import SQLite

/// Makes a measured episode from a row of `MeasuredRowStore`, whose columns it knows by their place.
struct MeasuredRowReader {
    private let sex = StoredCode<Sex>()

    /// - Parameter asOf: results that are final only later are left unread.
    func row(_ row: borrowing Statement, asOf: Instant) throws -> MeasuredRow {
        MeasuredRow(
            id: try row.id(0),
            caseNumber: CaseNumber(order: try row.int64(1)),
            callReceivedAt: try row.instant(2),
            client: try row.id(3),
            birthDate: try row.optionalDate(4),
            sex: try sex.read(row, 5),
            program: try row.id(6),
            site: try row.id(7),
            clinician: try row.id(8),
            referralSource: try row.id(9),
            presentingProblem: try row.id(10),
            town: try row.optionalID(11),
            dischargeReason: try row.optionalID(12),
            hasClosingOverride: try row.bool(13),
            course: try course(row, asOf: asOf)
        )
    }

    private func course(_ row: borrowing Statement, asOf: Instant) throws -> MeasuredRow.Course? {
        let bytes = try row.bytes(14)
        guard !bytes.isEmpty, let settled = try PackedResults.settled(bytes), settled.since <= asOf else {
            return nil
        }
        return .settled(settled.results)
    }
}
