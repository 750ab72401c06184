internal import CivilTime
internal import CrisisCare
internal import SQLite

/// Makes the rows of a summary from those of `SummaryStore`, whose columns it knows by their place.
struct SummaryRowReader {
    private let sex = StoredCode<Sex>()
    private let responseMode = StoredCode<ResponseMode>()
    /// Outlines that are final only later are left unread.
    let asOf: Instant

    func append(_ row: borrowing Statement, to batch: inout SummaryBatch) throws {
        let sourceRef = row.isNull(2) ? nil : try text(row, 2, of: &batch)
        let discharge = try row.optionalInstant(20).map { Discharge(at: $0, on: try row.date(21)) }
        batch.rows.append(
            SummaryRow(
                id: try row.id(0),
                caseNumber: CaseNumber(order: try row.int64(1)),
                sourceRef: sourceRef,
                client: try row.id(3),
                clientRef: try text(row, 4, of: &batch),
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
                mode: try responseMode.read(row, 15),
                callReceivedAt: try row.instant(16),
                transferredAt: try row.optionalInstant(17),
                callEndedAt: try row.optionalInstant(18),
                arrivedAt: try row.optionalInstant(19),
                discharge: discharge,
                course: try course(row)
            )
        )
    }

    private func course(_ row: borrowing Statement) throws -> SummaryRow.Course? {
        let bytes = try row.bytes(22)
        guard !bytes.isEmpty else { return nil }
        return try PackedResults.outline(bytes, asOf: asOf).map(SummaryRow.Course.settled)
    }

    /// Copies a text from where SQLite keeps it.
    private func text(_ row: borrowing Statement, _ index: Int, of batch: inout SummaryBatch) throws -> Range<Int> {
        let bytes = try row.bytes(index)
        let start = batch.texts.count
        var all: UInt8 = 0
        for place in bytes.indices {
            all |= bytes[place]
            batch.texts.append(bytes[place])
        }
        // Beyond ASCII there may be bytes that are no text: they are an error, as everywhere.
        if all >= 0x80 { _ = try row.text(index) }
        return start..<batch.texts.count
    }
}
