import CivilTime
import CrisisCare
import Reports
import Services
import Testing

@testable import CaseloadOracle

/// Compares `export summary` as a file with the naive reading of the same caseload, cell by cell.
///
/// - Parameters:
///   - refs: the files' reference of each case number.
///   - asOf: nil is the session's now.
func expectSameSummary(
    _ session: borrowing Session,
    _ caseload: NaiveCaseload,
    refs: [CaseNumber: String],
    asOf: Instant?,
    _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let columns = EpisodeSummary.columns.map(\.key)
    #expect(columns == ["case_number"] + NaiveSummary.columns, sourceLocation: sourceLocation)
    var rows: [[Cell]] = []
    try session.exportSummary(in: Period(), asOf: asOf) { rows.append($0) }
    let bytes = try csvBytes(columns, rows, zone: session.zone)
    let table = try NaiveTable(file: "summary.csv", text: String(decoding: bytes, as: UTF8.self))
    let instant = asOf ?? session.now
    // By call, then case number, which only the product knows.
    let numbers = Dictionary(uniqueKeysWithValues: refs.map { ($0.value, $0.key) })
    let calls = Dictionary(uniqueKeysWithValues: caseload.episodes.map { ($0.caseRef, $0.callAt) })
    let expected = caseload.summary(asOf: instant.seconds).sorted { left, right in
        let (first, second) = (NaiveGuard.removed(from: left.sourceRef), NaiveGuard.removed(from: right.sourceRef))
        guard calls[first] == calls[second] else { return calls[first] ?? 0 < calls[second] ?? 0 }
        return numbers[first] ?? CaseNumber(order: 0) < numbers[second] ?? CaseNumber(order: 0)
    }
    let at = session.zone.rfc3339(instant)
    try #require(table.rows.count == expected.count, "\(what), as of \(at)", sourceLocation: sourceLocation)
    var differences = 0
    for (row, naive) in zip(table.rows, expected) {
        for column in NaiveSummary.columns where try row.code(column) != naive[column] {
            differences += 1
            // One is enough to find the mistake; all of them would fill the screen.
            guard differences == 1 else { continue }
            let actual = try row.code(column)
            Issue.record(
                "\(what), as of \(at), \(naive.sourceRef): \(column) is \(actual), not \(naive[column])",
                sourceLocation: sourceLocation
            )
        }
        let number = try #require(CaseNumber(row.code("case_number")), sourceLocation: sourceLocation)
        #expect(refs[number] == (try row.text("source_ref")), sourceLocation: sourceLocation)
    }
    #expect(differences == 0, "\(what), as of \(at)", sourceLocation: sourceLocation)
}
