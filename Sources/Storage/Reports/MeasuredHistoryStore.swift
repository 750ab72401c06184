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
        let reader = MeasuredHistoryReader()
        var histories = try db.all(
            """
            SELECT id, response_mode, call_received_at, transferred_at, call_ended_at, dispatched_at, arrived_at,
                discharged_at, discharged_on
            FROM episode WHERE id >= \(low) AND id <= \(high) AND voided_at IS NULL ORDER BY id
            """,
            reader.history
        )
        try add(
            """
            SELECT episode, id, at, mode, result, met_with, promised_next FROM visit
            WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL ORDER BY episode, at, id
            """,
            to: &histories,
            in: db
        ) { $0.visits.append(try reader.visit($1)) }
        try add(
            """
            SELECT episode, id, version, activated_at, review_on FROM safety_plan
            WHERE episode >= \(low) AND episode <= \(high) ORDER BY episode, version
            """,
            to: &histories,
            in: db
        ) { $0.plans.append(try reader.plan($1)) }
        try add(
            """
            SELECT episode, id, at, next_review_on FROM plan_review
            WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL ORDER BY episode, at, id
            """,
            to: &histories,
            in: db
        ) { $0.reviews.append(try reader.review($1)) }
        try add(
            """
            SELECT episode, min(at) FROM plan_decline
            WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL GROUP BY episode ORDER BY episode
            """,
            to: &histories,
            in: db
        ) { $0.planDeclinedAt = try $1.optionalInstant(1) }
        try add(
            """
            SELECT episode, id, granted_at, new_end FROM window_extension
            WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL ORDER BY episode, granted_at, id
            """,
            to: &histories,
            in: db
        ) { $0.extensions.append(try reader.windowExtension($1)) }
        try add(
            """
            SELECT r.episode, r.id, r.service_type, v.id, v.at, v.state, v.appointment_at
            FROM referral AS r JOIN referral_event AS v ON v.referral = r.id
            WHERE r.episode >= \(low) AND r.episode <= \(high) AND r.voided_at IS NULL
            ORDER BY r.episode, r.id, v.at, v.id
            """,
            to: &histories,
            in: db,
            reader.addStep
        )
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
