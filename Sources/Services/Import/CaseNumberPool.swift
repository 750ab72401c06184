internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

/// Gives case numbers to imported episodes.
///
/// A reference that has the form of a case number of the call's year is kept as the number, so that an export of one
/// database imports into another with the same numbers; all others follow after the highest of either.
struct CaseNumberPool {
    private var highest: [Int: Int64] = [:]
    private var reserved: [Int: Int64] = [:]

    /// Keeps the references that look like case numbers free for their own episodes.
    mutating func reserve(_ caseRef: String) {
        guard let number = CaseNumber(caseRef) else { return }
        reserved[number.year] = max(reserved[number.year] ?? 0, number.counter)
    }

    /// Keeps free what another pool does.
    mutating func reserve(_ other: CaseNumberPool) {
        reserved.merge(other.reserved, uniquingKeysWith: max)
    }

    mutating func number(
        for caseRef: String,
        calledAt call: Instant,
        in zone: Zone,
        _ db: borrowing Access<Reading>
    ) throws -> CaseNumber {
        let year = zone.date(of: call).year
        if let number = CaseNumber(caseRef), number.year == year { return number }
        let known = try highest[year] ?? max(stored(year, db), reserved[year] ?? 0)
        guard known < CaseNumber.lastCounter else {
            throw BadCell(
                column: "case_ref",
                problem: "is no case number, and after the highest one of \(year) there is no other for it"
            )
        }
        highest[year] = known + 1
        return CaseNumber(year: year, counter: known + 1)
    }

    private func stored(_ year: Int, _ db: borrowing Access<Reading>) throws -> Int64 {
        try EpisodeStore.lastNumber(of: year, in: db)?.counter ?? 0
    }
}
