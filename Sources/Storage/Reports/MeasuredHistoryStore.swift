internal import CivilTime
internal import CrisisCare
internal import SQLite

/// Reads the histories of neighboring episodes: seven ordered scans, merged by the key of the episode.
enum MeasuredHistoryStore {
    /// In the order of the keys; voided episodes, and what was voided of others, are left out.
    static func histories<Mode>(
        from low: EpisodeID,
        to high: EpisodeID,
        in db: borrowing Access<Mode>
    ) throws -> [EpisodeHistory] {
        let reader = HistoryRowReader()
        let scan = HistoryScan(low: low, high: high)
        var histories = try db.all(
            """
            SELECT id, response_mode, call_received_at, transferred_at, call_ended_at, dispatched_at, arrived_at,
                discharged_at, discharged_on
            FROM episode WHERE id >= \(low) AND id <= \(high) AND voided_at IS NULL ORDER BY id
            """,
            reader.history
        )
        try add(scan.visits, to: &histories, in: db) { $0.visits.append(try reader.visit($1)) }
        try add(scan.plans, to: &histories, in: db) { $0.plans.append(try reader.plan($1)) }
        try add(scan.reviews, to: &histories, in: db) { $0.reviews.append(try reader.review($1)) }
        try add(scan.planDeclines, to: &histories, in: db) { $0.planDeclinedAt = try $1.optionalInstant(1) }
        try add(scan.extensions, to: &histories, in: db) { $0.extensions.append(try reader.windowExtension($1)) }
        try add(scan.referralSteps, to: &histories, in: db) { $0.add(try reader.step($1)) }
        for place in histories.indices where histories[place].referrals.count > 1 {
            // In the order of entry, as the rules see them.
            histories[place].referrals.sort { $0.id < $1.id }
        }
        return histories
    }

    /// Adds rows, which name their episode first and come in its order.
    private static func add<Mode>(
        _ sql: SQL,
        to histories: inout [EpisodeHistory],
        in db: borrowing Access<Mode>,
        _ body: (inout EpisodeHistory, borrowing Statement) throws -> Void
    ) throws {
        var place = 0
        var rows = try db.query(sql)
        while try rows.next() {
            let id: EpisodeID = try rows.id(0)
            while place < histories.count, histories[place].id < id { place += 1 }
            guard place < histories.count, histories[place].id == id else { continue }
            try body(&histories[place], rows)
        }
    }
}
