package import CivilTime
package import CrisisCare
package import SQLite

/// Reads the episodes of a period in the order of their calls, a batch at a time, in memory that does not grow.
///
/// Of a settled episode its row says all. The histories of the others in a batch are read by ordered scans over their
/// keys. Keys follow the entry, and so mostly the calls; where they do not, the batch is cut until its keys lie close
/// together.
package enum SummaryStore {
    /// Episodes of a batch; arbitrary. Fewer begin more scans, more take more memory.
    package static let batchLength = 512
    /// Megabytes of the database that a reader keeps in memory; arbitrary. Clients come in no order, and those of a
    /// hundred thousand episodes take four.
    private static let memoryMegabytes = 8
    /// A scan may pass over as many episodes as it reads. Arbitrary.
    private static let sparseness = 2

    /// By the time of the call, then by case number; voided episodes are left out.
    ///
    /// - Parameter asOf: outlines that are final only later are not used; the episode comes with its history.
    package static func forEachBatch<Mode>(
        calledFrom first: Instant,
        before end: Instant,
        asOf: Instant,
        at sites: SiteScope,
        batchLength: Int = batchLength,
        in db: borrowing Access<Mode>,
        _ body: (borrowing SummaryBatch) throws -> Void
    ) throws {
        try db.keepInMemory(megabytes: memoryMegabytes)
        var episodes = try db.query(
            """
            SELECT e.source_ref, c.client_ref, c.sex, e.response_mode, e.results, e.site, e.id, e.case_order, e.client,
                c.birth_date, e.program, e.clinician, e.referral_source, e.presenting_problem, e.town,
                e.discharge_reason, e.part2, e.call_received_at, e.transferred_at, e.call_ended_at, e.arrived_at,
                e.discharged_on
            FROM episode AS e JOIN client AS c ON c.id = e.client
            WHERE e.call_received_at >= \(first) AND e.call_received_at < \(end) AND e.voided_at IS NULL
            ORDER BY e.call_received_at, e.case_order
            """
        )
        let reader = SummaryRowReader(sites: sites, asOf: asOf)
        var batch = SummaryBatch()
        batch.rows.reserveCapacity(batchLength)
        var isAtEnd = false
        while !isAtEnd {
            batch.removeAll()
            while batch.rows.count < batchLength {
                guard try episodes.next() else {
                    isAtEnd = true
                    break
                }
                try reader.append(episodes, to: &batch)
            }
            let unsettled = batch.rows.indices.filter { batch.rows[$0].course == nil }
            try fill(&batch, unsettled.sorted { batch.rows[$0].id < batch.rows[$1].id }[...], in: db)
            if !batch.rows.isEmpty { try body(batch) }
        }
    }

    /// Adds the histories of the rows at some places, which are in the order of their keys.
    private static func fill<Mode>(
        _ batch: inout SummaryBatch,
        _ places: ArraySlice<Int>,
        in db: borrowing Access<Mode>
    ) throws {
        guard let first = places.first, let last = places.last else { return }
        let (low, high) = (batch.rows[first].id, batch.rows[last].id)
        guard try places.count == 1 || isDense(low, high, count: places.count, in: db) else {
            let middle = places.startIndex + places.count / 2
            try fill(&batch, places[..<middle], in: db)
            try fill(&batch, places[middle...], in: db)
            return
        }
        let histories = try MeasuredHistoryStore.histories(from: low, to: high, in: db)
        var found = 0
        for place in places {
            while histories[found].id < batch.rows[place].id { found += 1 }
            batch.rows[place].course = .unsettled(batch.histories.count)
            batch.histories.append(histories[found])
        }
    }

    /// Whether the episodes whose keys lie in a range are not many more than those that are wanted.
    private static func isDense<Mode>(
        _ low: EpisodeID,
        _ high: EpisodeID,
        count: Int,
        in db: borrowing Access<Mode>
    ) throws -> Bool {
        let most = count * sparseness
        let found = try db.first(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM episode WHERE id >= \(low) AND id <= \(high) LIMIT \(most + 1)
            )
            """
        ) { try $0.int(0) }
        return found ?? 0 <= most
    }
}
