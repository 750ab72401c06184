internal import CrisisCare
internal import SQLite

/// Scans what belongs to the episodes of a range of keys, each kind once, in the order of the keys.
struct SummaryScans {
    let low: EpisodeID
    let high: EpisodeID
    /// The places of the episodes in the batch, in the order of their keys.
    let places: ArraySlice<Int>
    let reader: SummaryRowReader

    func fill<Mode>(_ batch: inout SummaryBatch, in db: borrowing Access<Mode>) throws {
        try scan(
            """
            SELECT episode, id, at, mode, result, met_with, promised_next FROM visit
            WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL ORDER BY episode, at, id
            """,
            &batch,
            in: db
        ) { batch, place, row in
            batch.visits.append(try reader.visit(row))
            batch.rows[place].visits.grow(to: batch.visits.count)
        }
        try scan(
            """
            SELECT episode, id, version, activated_at, review_on FROM safety_plan
            WHERE episode >= \(low) AND episode <= \(high) ORDER BY episode, version
            """,
            &batch,
            in: db
        ) { batch, place, row in
            batch.plans.append(try reader.plan(row))
            batch.rows[place].plans.grow(to: batch.plans.count)
        }
        try scan(
            """
            SELECT episode, id, granted_at, new_end FROM window_extension
            WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL ORDER BY episode, granted_at, id
            """,
            &batch,
            in: db
        ) { batch, place, row in
            batch.extensions.append(try reader.windowExtension(row))
            batch.rows[place].extensions.grow(to: batch.extensions.count)
        }
        // By reference, as its index has it: the order of the referrals among themselves tells nothing here.
        try scan(
            """
            SELECT r.episode, r.id, v.id, v.at, v.state, v.appointment_at
            FROM referral AS r JOIN referral_event AS v ON v.referral = r.id
            WHERE r.episode >= \(low) AND r.episode <= \(high) AND r.voided_at IS NULL
            ORDER BY r.episode, r.referral_ref, v.at, v.id
            """,
            &batch,
            in: db
        ) { batch, place, row in
            batch.steps.append((try row.id(1), try reader.step(row)))
            batch.rows[place].steps.grow(to: batch.steps.count)
        }
        try scan(
            """
            SELECT episode, id, at, next_review_on FROM plan_review
            WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL ORDER BY episode, at, id
            """,
            &batch,
            in: db
        ) { batch, place, row in
            batch.reviews.append(try reader.review(row))
            batch.rows[place].reviews.grow(to: batch.reviews.count)
        }
        try scan(
            """
            SELECT episode, min(at) FROM plan_decline
            WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL GROUP BY episode ORDER BY episode
            """,
            &batch,
            in: db
        ) { batch, place, row in batch.rows[place].planDeclinedAt = try row.optionalInstant(1) }
    }

    /// Hands on each row of a statement with the place of its episode, which the row names first.
    private func scan<Mode>(
        _ sql: SQL,
        _ batch: inout SummaryBatch,
        in db: borrowing Access<Mode>,
        _ add: (inout SummaryBatch, Int, borrowing Statement) throws -> Void
    ) throws {
        var next = places.startIndex
        var rows = try db.query(sql)
        while try rows.next() {
            let episode: EpisodeID = try rows.id(0)
            while next < places.endIndex, batch.rows[places[next]].facts.id < episode { next += 1 }
            guard next < places.endIndex else { return }
            if batch.rows[places[next]].facts.id == episode { try add(&batch, places[next], rows) }
        }
    }
}

extension Range<Int> {
    /// Takes in the last of `count` elements, which is the first or follows the last one taken in.
    fileprivate mutating func grow(to count: Int) {
        self = isEmpty ? count - 1..<count : lowerBound..<count
    }
}
