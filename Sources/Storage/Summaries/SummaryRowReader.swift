internal import CivilTime
internal import CrisisCare
internal import SQLite

/// Makes the rows of a summary from those of `SummaryStore`, whose columns it knows by their place.
struct SummaryRowReader {
    private let sex = StoredCode<Sex>()
    private let responseMode = StoredCode<ResponseMode>()
    /// Episodes of other sites are left out.
    let sites: SiteScope
    /// Outlines that are final only later are left unread.
    let asOf: Instant

    func append(_ row: borrowing Statement, to batch: inout SummaryBatch) throws {
        let numbers = try Numbers(row)
        let site = SiteID(try numbers.required(0, of: row))
        guard sites.contains(site) else { return }
        let sourceRef = try row.appendOptionalText(0, to: &batch.texts)
        batch.rows.append(
            SummaryRow(
                id: EpisodeID(try numbers.required(1, of: row)),
                caseNumber: CaseNumber(order: try numbers.required(2, of: row)),
                sourceRef: sourceRef,
                client: ClientID(try numbers.required(3, of: row)),
                clientRef: try row.appendText(1, to: &batch.texts),
                birthDate: numbers[4].map(Self.date),
                sex: try sex.read(row, 2),
                program: ProgramID(try numbers.required(5, of: row)),
                site: site,
                clinician: StaffID(try numbers.required(6, of: row)),
                referralSource: CodeID(try numbers.required(7, of: row)),
                presentingProblem: CodeID(try numbers.required(8, of: row)),
                town: numbers[9].map(CodeID.init),
                dischargeReason: numbers[10].map(CodeID.init),
                part2: try numbers.flag(11, of: row),
                mode: try responseMode.read(row, 3),
                callReceivedAt: Instant(seconds: try numbers.required(12, of: row)),
                transferredAt: numbers[13].map(Instant.init(seconds:)),
                callEndedAt: numbers[14].map(Instant.init(seconds:)),
                arrivedAt: numbers[15].map(Instant.init(seconds:)),
                dischargedOn: numbers[16].map(Self.date),
                course: try course(row)
            )
        )
    }

    private static func date(_ dayNumber: Int64) -> CivilDate {
        CivilDate(dayNumber: Int(dayNumber))
    }

    private func course(_ row: borrowing Statement) throws -> SummaryRow.Course? {
        let bytes = try row.bytes(4)
        guard !bytes.isEmpty else { return nil }
        return try PackedResults.outline(bytes, asOf: asOf).map(SummaryRow.Course.settled)
    }

    /// The columns that hold whole numbers, which stand together behind the others.
    private struct Numbers {
        private var values = [17 of Int64?](repeating: nil)
        private static let first = 5

        init(_ row: borrowing Statement) throws(SQLiteError) {
            var span = values.mutableSpan
            try row.optionalInt64s(from: Self.first, into: &span)
        }

        subscript(place: Int) -> Int64? { values[place] }

        /// The number of a column that is never NULL.
        func required(_ place: Int, of row: borrowing Statement) throws(SQLiteError) -> Int64 {
            guard let value = values[place] else { throw row.unexpected(Self.first + place) }
            return value
        }

        /// 0 or 1: what else a damaged file holds is no answer.
        func flag(_ place: Int, of row: borrowing Statement) throws(SQLiteError) -> Bool {
            let value = try required(place, of: row)
            guard value == 0 || value == 1 else { throw row.unexpected(Self.first + place) }
            return value == 1
        }
    }
}
