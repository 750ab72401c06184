package import CrisisCare
package import SQLite

/// How many records of each kind a case has: those that count and those that were voided or superseded.
package struct EnteredRecords: Equatable, Sendable {
    package var visits = 0
    package var plans = 0
    package var extensions = 0
    package var referrals = 0

    package init() {}

    /// Every case, voided ones too, in the order of entry.
    package static func forEach<Mode>(
        in db: borrowing Access<Mode>,
        _ body: (EpisodeID, CaseNumber, EnteredRecords) throws -> Void
    ) throws {
        try db.forEach(
            """
            SELECT id, case_order,
                (SELECT count(*) FROM visit WHERE episode = e.id),
                (SELECT count(*) FROM safety_plan WHERE episode = e.id),
                (SELECT count(*) FROM window_extension WHERE episode = e.id),
                (SELECT count(*) FROM referral WHERE episode = e.id)
            FROM episode AS e ORDER BY id
            """
        ) { row in
            var records = EnteredRecords()
            records.visits = try row.int(2)
            records.plans = try row.int(3)
            records.extensions = try row.int(4)
            records.referrals = try row.int(5)
            try body(try row.id(0), CaseNumber(order: try row.int64(1)), records)
        }
    }
}
