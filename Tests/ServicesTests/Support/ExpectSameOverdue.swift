import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

@testable import CaseloadOracle

/// Compares the product's overdue list with the naive reading of the same files: every row, every cell, the order.
///
/// - Parameters:
///   - refs: the files' reference of each case number.
///   - asOf: nil is the session's now, which reads what is stored.
/// - Returns: how many rows were compared.
@discardableResult
func expectSameOverdue(
    _ session: borrowing Session,
    _ caseload: NaiveCaseload,
    refs: [CaseNumber: String],
    asOf: Instant?,
    holidays: Set<String> = [],
    _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> Int {
    var query = WorklistQuery()
    query.asOf = asOf
    let (list, directory) = try session.worklist("overdue", query)
    let instant = asOf ?? session.now
    let actual = list.rows.map { row in
        NaiveOverdue(
            caseRef: refs[row.caseNumber] ?? "",
            client: row.clientName,
            kind: row.deadline.kind.rawValue,
            about: row.about,
            dueAt: row.deadline.dueAt.seconds,
            isOverdue: true,
            daysOverdue: list.daysOverdue(row),
            clinician: directory.login(row.clinician),
            site: directory.siteName(row.site),
            lastContactAt: row.standing.lastContactAt?.seconds,
            attempts: row.standing.attempts,
            windowEndsOn: row.standing.windowEndsOn?.description ?? "",
            phone: row.phone
        )
    }
    let numbers = Dictionary(uniqueKeysWithValues: refs.map { ($0.value, $0.key) })
    let expected = try caseload.overdue(asOf: instant.seconds, holidays: holidays).sorted { left, right in
        // The naive reading knows no case numbers, which come before kind and about in the list's order.
        guard left.dueAt == right.dueAt else { return left.dueAt < right.dueAt }
        let (first, second) = (try #require(numbers[left.caseRef]), try #require(numbers[right.caseRef]))
        return (first, left.kind, left.about) < (second, right.kind, right.about)
    }
    guard actual != expected else { return actual.count }
    let place = zip(actual, expected).enumerated().first { $0.element.0 != $0.element.1 }
    Issue.record(
        """
        \(what), as of \(session.zone.rfc3339(instant)): \(actual.count) rows, \(expected.count) expected, first \
        difference at \(place?.offset ?? min(actual.count, expected.count)): \(String(describing: place?.element))
        """,
        sourceLocation: sourceLocation
    )
    return actual.count
}
