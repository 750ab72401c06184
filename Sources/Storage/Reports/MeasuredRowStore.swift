package import CivilTime
package import CrisisCare
package import SQLite

/// Reads what a report measures: one scan over the episodes, and the histories of those that are not settled.
package enum MeasuredRowStore {
    /// Episodes whose histories are read together. Unsettled ones lie close together, at the end of the record; where
    /// one stands alone, at most this many are read for it. Arbitrary.
    private static let blockLength = 64

    /// The episodes of a share of a period in the order of their keys; voided ones, and what was voided of others, are
    /// left out.
    ///
    /// - Parameter asOf: results that are final only later are not used; the episode comes with its history.
    package static func forEach<Mode>(
        of share: PeriodShare,
        asOf: Instant,
        at sites: SiteScope,
        in db: borrowing Access<Mode>,
        _ body: (MeasuredRow) throws -> Void
    ) throws {
        // The plus signs keep the scan in the order of the keys: the index on the call would ask for a sort.
        var episodes = try db.query(
            """
            SELECT e.id, e.case_order, e.call_received_at, e.client, c.birth_date, c.sex, e.program, e.site,
                e.clinician, e.referral_source, e.presenting_problem, e.town, e.discharge_reason,
                e.closing_override <> '', e.results
            FROM episode AS e CROSS JOIN client AS c ON c.id = e.client
            WHERE e.id >= \(share.low) AND e.id <= \(share.high) AND +e.call_received_at >= \(share.first)
                AND +e.call_received_at < \(share.end) AND e.voided_at IS NULL
            ORDER BY e.id
            """
        )
        let reader = MeasuredRowReader()
        var block: [MeasuredRow] = []
        block.reserveCapacity(blockLength)
        while try episodes.next() {
            guard sites.contains(try episodes.id(7)) else { continue }
            block.append(try reader.row(episodes, asOf: asOf))
            guard block.count == blockLength else { continue }
            try deliver(&block, in: db, body)
        }
        try deliver(&block, in: db, body)
    }

    private static func deliver<Mode>(
        _ block: inout [MeasuredRow],
        in db: borrowing Access<Mode>,
        _ body: (MeasuredRow) throws -> Void
    ) throws {
        if let first = block.first(where: { $0.course == nil }), let last = block.last(where: { $0.course == nil }) {
            let histories = try MeasuredHistoryStore.histories(from: first.id, to: last.id, in: db)
            var place = 0
            for index in block.indices where block[index].course == nil {
                while histories[place].id < block[index].id { place += 1 }
                block[index].course = .unsettled(histories[place])
            }
        }
        for row in block { try body(row) }
        block.removeAll(keepingCapacity: true)
    }
}
